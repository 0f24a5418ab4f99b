package io.macula.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.it.process.MaculaProcess.Ended;
import io.macula.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The demonstration shows what it says, names the step that failed, and leaves nothing behind.
class DemoIT {

    private static final Pattern PROCESS = Pattern.compile("as process ([0-9]+)");

    @AutoClose final Terminals terminals = new Terminals();

    @Test
    void everyStepOfTheDemonstrationSucceedsAndNothingIsLeftBehind() throws IOException {
        var temporary = temporaryFolder("tmp");

        var ended = terminals.start("demo", "--check", "--json").ended(Duration.ofMinutes(4));

        assertThat(ended.code()).as(String.join("\n", ended.err())).isZero();
        var summary = summary(ended);
        assertThat(summary.path("ok").asBoolean()).isTrue();
        assertThat(summary.path("steps").findValuesAsText("name")).contains("gateway ready",
                "peers connect", "players matched", "sensor reading", "calculator call",
                "crash healed", "wrong realm refused", "gateway killed",
                "arcade ready", "match across peers", "crash a child", "kill the games node",
                "kill the leader", "partition and heal", "processes end");
        assertThat(summary.path("steps").findValuesAsText("ok")).containsOnly("true");
        assertThat(processes(ended)).hasSizeGreaterThanOrEqualTo(8).noneMatch(DemoIT::isAlive);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void theStepThatFailedIsNamedAndNoProcessIsLeftBehind() throws IOException {
        // Nodes have no room for their control socket: no gateway can start.
        temporaryFolder("x".repeat(120));

        var ended = terminals.run("demo", "--check", "--json");

        assertThat(ended.code()).isEqualTo(1);
        var summary = summary(ended);
        assertThat(summary.path("ok").asBoolean()).isFalse();
        var first = summary.path("steps").path(0);
        assertThat(first.path("name").asText()).isEqualTo("gateway ready");
        assertThat(first.path("ok").asBoolean()).isFalse();
        assertThat(first.path("reason").asText()).isNotEmpty();
        assertThat(processes(ended)).isNotEmpty().noneMatch(DemoIT::isAlive);
        assertThat(ended.err()).noneMatch(line -> line.startsWith("\tat "));
    }

    private Path temporaryFolder(String name) throws IOException {
        var folder = Files.createDirectory(terminals.folder().resolve(name));
        terminals.with("MACULA_JAVA_OPTS", "-Djava.io.tmpdir=" + folder);
        return folder;
    }

    /// The one line of data.
    private static JsonNode summary(Ended ended) {
        assertThat(ended.out()).hasSize(1);
        return switch (Json.parse(ended.out().getFirst())) {
            case Json.Parsed.Value(var json) -> json;
            case Json.Parsed.Malformed(var reason) -> throw new AssertionError(reason);
        };
    }

    private static List<Long> processes(Ended ended) {
        return ended.err()
                .stream()
                .flatMap(line -> PROCESS.matcher(line).results())
                .map(found -> Long.valueOf(found.group(1)))
                .toList();
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }
}
