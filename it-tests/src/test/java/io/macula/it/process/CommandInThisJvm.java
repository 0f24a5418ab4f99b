package io.macula.it.process;

import io.macula.runtime.cli.Cli;
import io.macula.runtime.cli.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// One command line that runs in the JVM of the test as if it were a process: with streams, an
/// environment and an exit code of its own. It starts in a fraction of the time of a process, and its
/// command is the same code; what only a process shows (the script, logs on its standard error, real
/// signals) is left to tests that start one.
final class CommandInThisJvm extends Process {

    private static final int PIPE_BYTES = 64 * 1024;

    private final PipedOutputStream stdin = new PipedOutputStream();
    private final PipedInputStream stdout = new PipedInputStream(PIPE_BYTES);
    private final PipedInputStream stderr = new PipedInputStream(PIPE_BYTES);
    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private final CompletableFuture<Process> exit = new CompletableFuture<>();
    private volatile int code = -1;

    private CommandInThisJvm() {}

    static CommandInThisJvm start(String[] arguments, Map<String, String> environment) {
        var command = new CommandInThisJvm();
        try {
            var console = new Console(new PipedInputStream(command.stdin, PIPE_BYTES),
                    stream(command.stdout), stream(command.stderr), environment, command.stop);
            Thread.ofPlatform()
                    .daemon()
                    .name("macula " + String.join(" ", arguments))
                    .start(() -> command.run(arguments, console));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return command;
    }

    private static PrintStream stream(PipedInputStream end) throws IOException {
        return new PrintStream(new PipedOutputStream(end), true, StandardCharsets.UTF_8);
    }

    private void run(String[] arguments, Console console) {
        try {
            code = Cli.run(arguments, console);
        } finally {
            console.out().close();
            console.err().close();
            exit.complete(this);
        }
    }

    @Override
    public OutputStream getOutputStream() {
        return stdin;
    }

    @Override
    public InputStream getInputStream() {
        return stdout;
    }

    @Override
    public InputStream getErrorStream() {
        return stderr;
    }

    @Override
    public int waitFor() {
        exit.join();
        return code;
    }

    @Override
    public boolean waitFor(long timeout, TimeUnit unit) {
        return exit.thenApply(_ -> true).completeOnTimeout(false, timeout, unit).join();
    }

    @Override
    public int exitValue() {
        if (!exit.isDone()) {
            throw new IllegalThreadStateException("it has not ended");
        }
        return code;
    }

    @Override
    public boolean isAlive() {
        return !exit.isDone();
    }

    @Override
    public CompletableFuture<Process> onExit() {
        return exit.copy();
    }

    /// What SIGTERM wishes; there is nothing harder.
    @Override
    public void destroy() {
        stop.complete(null);
    }

    @Override
    public Stream<ProcessHandle> descendants() {
        return Stream.empty();
    }
}
