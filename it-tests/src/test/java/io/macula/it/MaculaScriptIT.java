package io.macula.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaculaScriptIT {

    private static final String PING = "010300000000001181c40974696d657374616d70ce499602d2";

    @TempDir Path folder;

    @BeforeAll
    static void buildIfNeeded() throws Exception {
        assertThat(Script.run("--version").code()).isZero();
    }

    @Test
    void helpIsAllThatIsPrinted() throws Exception {
        var help = Script.run("--help");

        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("Usage: macula", "demo", "node", "wire");
        assertThat(help.err()).isEmpty();
    }

    @Test
    void decodesAndEncodesAFrame() throws Exception {
        assertThat(Script.run("wire", "decode", PING, "--json")).isEqualTo(new Script.Result(0,
                "{\"type\":\"ping\",\"id\":3,\"fields\":{\"timestamp\":1234567890}}\n", ""));
        assertThat(Script.run("wire", "encode", "ping", "{\"timestamp\":1234567890}"))
                .isEqualTo(new Script.Result(0, PING + "\n", ""));
    }

    @Test
    void matchesATopic() throws Exception {
        assertThat(Script.run("topic", "match", "sensor.*", "sensor.temp"))
                .isEqualTo(new Script.Result(0, "true\n", ""));
    }

    @Test
    void isCalledThroughALinkWithBlanksFromAnywhere() throws Exception {
        var link = Files.createSymbolicLink(folder.resolve("my macula"),
                Script.root().resolve("macula"));

        assertThat(Script.run(link, folder, "topic", "match", "a b", "a c").out())
                .isEqualTo("false\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"frobnicate | 2 | there is no command",
        "wire decode zz | 2 | hexadecimal", "wire decode 00 | 1 | no sound frame",
        "sub a --realm-secret /no/such/file | 4 | /no/such/file",
        "node start --config /no/such/file | 2 | /no/such/file",
        "tree --data-dir /no/such/folder | 3 | no node is running",
        "pub a 1 --gateway 127.0.0.1:9 --connect-timeout 500ms | 5 | 127.0.0.1:9"})
    void badInputGetsOneSentenceAndItsExitCode(String line, int code, String hint)
            throws Exception {
        var result = Script.run(line.split(" "));

        assertThat(result.code()).as(result.err()).isEqualTo(code);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("macula: ").contains(hint).hasLineCount(1);
    }
}
