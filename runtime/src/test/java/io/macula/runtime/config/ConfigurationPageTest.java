package io.macula.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

    private static final Path PAGE = Path.of("..", "docs", "reference", "configuration.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(macula\\.[a-z.-]+)` \\|");

    @Test
    void thePageHasARowForEverySettingAndNoOther() throws IOException {
        var rows = ROW.matcher(Files.readString(PAGE))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toList());

        assertThat(rows).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(rows)).isEqualTo(SettingKey.ALL.stream()
                .map(SettingKey::path)
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void thePageTellsTheDefaultsAndTheWordsOfTheReference() throws IOException {
        var page = Files.readString(PAGE);
        var reference = SettingsReader.reference();

        assertThat(SettingKey.ALL).allSatisfy(key -> {
            var value = reference.getValue(key.path());
            assertThat(page).as(key.path())
                    .contains("| `" + key.path() + "` | `" + text(value)
                            + "` | " + words(value) + " |");
        });
    }

    private static String words(ConfigValue value) {
        return value.origin()
                .comments()
                .stream()
                .map(String::strip)
                .collect(Collectors.joining(" "));
    }

    /// As it stands in the file: text that HOCON would not take unquoted is in quotes.
    private static String text(ConfigValue value) {
        return switch (value.unwrapped()) {
            case List<?> list -> list.toString();
            case String word when word.isEmpty() || word.matches("[0-9.]+(:[0-9]+)?") ->
                "\"" + word + "\"";
            case Object other -> String.valueOf(other);
        };
    }
}
