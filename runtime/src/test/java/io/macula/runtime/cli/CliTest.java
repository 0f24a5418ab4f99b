package io.macula.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {

    private static final String PING = "010300000000001181c40974696d657374616d70ce499602d2";

    @TempDir Path home;

    @Test
    void helpNamesEveryCommandAndGoesToStdout() {
        var help = run("--help");

        assertThat(help.code()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).contains("node", "pub", "sub", "call", "serve", "tree", "wire",
                "topic");
    }

    @Test
    void helpIsUnderstoodAsAWordToo() {
        assertThat(run("help").out()).isEqualTo(run("--help").out());
        assertThat(run("help", "node", "start").out()).contains("--quic-port");
    }

    @Test
    void withoutACommandTheHelpIsTalk() {
        var nothing = run();

        assertThat(nothing.code()).isEqualTo(2);
        assertThat(nothing.out()).isEmpty();
        assertThat(nothing.err()).contains("Usage: macula");
    }

    @Test
    void tellsItsVersion() {
        assertThat(run("--version").out()).matches("macula [0-9]+\\.[0-9]+\\.[0-9]+.*\\R");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"tpic | did you mean topic?",
        "--hlep | did you mean --help?", "sub x --relm y | did you mean --realm?",
        "topic mach a b | did you mean match?", "sub | PATTERN", "pub a | JSON",
        "call a {} {} | one argument too many", "sub x --count none | none",
        "sub x --timeout 5 | '5' is not a time with its unit", "serve x | --expr",
        "serve x --expr a --exec b | mutually exclusive", "wire encode pnig {} | ping",
        "wire decode 0g | hexadecimal", "sub x --count 0 | at least 1",
        "call x {} --timeout 2h | at most 1h", "call x {} --timeout 0s | 0s"})
    void wrongUsageEndsWithTwoAndAHint(String line, String hint) {
        var result = run(line.split(" "));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("macula: ").contains(hint).doesNotContain("\tat ");
        assertThat(result.err().lines()).hasSize(1);
    }

    @Test
    void decodesAndEncodesFrames() {
        assertThat(run("wire", "decode", PING, "--json").out()).isEqualToIgnoringNewLines(
                "{\"type\":\"ping\",\"id\":3,\"fields\":{\"timestamp\":1234567890}}");
        assertThat(run("wire", "decode", PING).out()).contains("ping (0x03)", "1234567890");
        assertThat(run("wire", "encode", "ping", "{\"timestamp\":1234567890}").out())
                .isEqualToIgnoringNewLines(PING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0103000000000011", "0203000000000000", "01260000000000",
        "0126000000000000", "01030000ffffffff00", ""})
    void aBrokenFrameFailsWithASentence(String hex) {
        var result = run("wire", "decode", hex);

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).startsWith("macula: ");
    }

    @ParameterizedTest
    @CsvSource({"sensor.*, sensor.temp, true", "sensor.*, sensor.temp.x, false",
        "**, a.b, true", "a.b*, a.bc, false"})
    void matchesTopics(String pattern, String topic, String answer) {
        var result = run("topic", "match", pattern, topic);

        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualToIgnoringNewLines(answer);
    }

    @Test
    void anUnexpectedErrorShowsItsStackTraceOnDemandOnly() {
        NodeStarter broken = _ -> {
            throw new IllegalStateException("broken");
        };

        var quiet = new Terminal(broken, home).run("pub", "a", "1");
        var loud = new Terminal(broken, home).run("pub", "a", "1", "--debug");

        assertThat(quiet.code()).isEqualTo(1);
        assertThat(quiet.err()).contains("IllegalStateException: broken", "--debug")
                .doesNotContain("\tat ");
        assertThat(loud.err()).contains("\tat ");
    }

    private Terminal.Result run(String... args) {
        return new Terminal(new FakeMesh(), home).run(args);
    }
}
