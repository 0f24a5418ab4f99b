package io.macula.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class ReferencePagesTest {

    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]+");

    /// Options every command has; the page tells them once.
    private static final List<String> EVERYWHERE = List.of("--help", "--debug", "--version");

    @Test
    void thePageOfTheCommandLineNamesEveryCommandAndOptionAndNoOther() throws IOException {
        var page = Files.readString(page("cli.md"));

        var written = OPTION.matcher(page)
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(written).isEqualTo(commands().flatMap(ReferencePagesTest::options)
                .collect(Collectors.toCollection(TreeSet::new)));
        assertThat(commands().filter(spec -> spec.subcommands().isEmpty())
                .map(spec -> spec.qualifiedName())).allSatisfy(
                        command -> assertThat(page).as("the page tells '%s'", command)
                                .contains("`" + command));
    }

    @Test
    void everyTableOfOptionsIsComplete() throws IOException {
        var page = Files.readString(page("cli.md"));

        assertThat(commands().filter(spec -> !spec.name().equals("macula"))
                .flatMap(ReferencePagesTest::options)
                .filter(name -> !EVERYWHERE.contains(name)))
                .allSatisfy(name -> assertThat(page).containsPattern(
                        "(?m)^\\| `" + name + "[` ]"));
    }

    private static Stream<CommandSpec> commands() {
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        var console = new Console(InputStream.nullInputStream(), nowhere, nowhere, Map.of(),
                new CompletableFuture<>());
        return visible(Cli.commandLine(console, new FakeMesh()));
    }

    private static Stream<CommandSpec> visible(CommandLine command) {
        return Stream.concat(Stream.of(command.getCommandSpec()),
                command.getSubcommands()
                        .values()
                        .stream()
                        .filter(sub -> !sub.getCommandSpec().usageMessage().hidden())
                        .flatMap(ReferencePagesTest::visible));
    }

    private static Stream<String> options(CommandSpec spec) {
        return spec.options()
                .stream()
                .filter(option -> !option.hidden())
                .map(option -> option.longestName());
    }

    private static Path page(String name) {
        return Path.of("..", "docs", "reference", name);
    }
}
