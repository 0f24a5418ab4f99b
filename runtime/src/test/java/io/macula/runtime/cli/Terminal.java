package io.macula.runtime.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Types command lines and reads what they print, without a process around them.
final class Terminal {

    /// What one command line came to.
    record Result(int code, String out, String err) {}

    private final NodeStarter starter;
    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private InputStream input = InputStream.nullInputStream();

    /// A user whose state lies in `home`.
    Terminal(NodeStarter starter, Path home) {
        this.starter = starter;
        environment.put("XDG_STATE_HOME", home.toString());
    }

    Terminal with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Terminal typing(String stdin) {
        return reading(new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)));
    }

    Terminal reading(InputStream stdin) {
        input = stdin;
        return this;
    }

    /// Runs a command line to its end.
    Result run(String... args) {
        var console = new Console(input,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), environment, stop);
        var code = Cli.run(args, console, starter);
        return new Result(code, out(), err());
    }

    /// Runs a command line that ends later, with [#pressCtrlC()] for example.
    CompletableFuture<Result> start(String... args) {
        return CompletableFuture.supplyAsync(() -> run(args),
                task -> Thread.ofVirtual().start(task));
    }

    void pressCtrlC() {
        stop.complete(null);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
