package io.macula.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the console prints as the command that does the same is one.
class SameCommandsTest {

    @ParameterizedTest
    @ValueSource(strings = {"dht lookup hello --trace --data-dir /d", "restart a/b --data-dir /d",
        "crash a/b --data-dir /d", "kill a/b --data-dir /d",
        "pub a.b {} --raw --gateway 127.0.0.1:1",
        "call a.b {} --gateway 127.0.0.1:1", "partition /d /e,/f", "heal /d",
        "trace 4bf92f3577b34da6a3ce929d0e0e4736 --data-dir /d"})
    void areUnderstoodByTheCommandLine(String line) {
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        var console = new Console(InputStream.nullInputStream(), nowhere, nowhere, Map.of(),
                new CompletableFuture<>());

        var parsed = Cli.commandLine(console, _ -> {
            throw new AssertionError("nothing is started");
        }).parseArgs(line.split(" "));

        assertThat(parsed.errors()).isEmpty();
        assertThat(parsed.unmatched()).isEmpty();
    }
}
