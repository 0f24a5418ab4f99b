package io.macula.runtime.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The process around the command line: real streams, signals and the exit code.
public final class Main {

    /// Longest time between the signal and the end of the process.
    private static final long END_WITHIN_SECONDS = 30;

    private Main() {}

    public static void main(String[] args) {
        var stop = new CompletableFuture<Void>();
        var ended = new CompletableFuture<Integer>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endOnSignal(stop, ended), "stop"));
        var console = new Console(System.in, stream(FileDescriptor.out), stream(FileDescriptor.err),
                System.getenv(), stop);
        var code = Cli.run(args, console);
        console.out().flush();
        ended.complete(code);
        // After a signal this waits for the hook above, which ends the process.
        System.exit(code);
    }

    /// SIGTERM and Ctrl-C ask the command to stop and end the process with the command's own exit
    /// code, where the JVM alone would say 143 or 130.
    private static void endOnSignal(CompletableFuture<Void> stop,
            CompletableFuture<Integer> ended) {
        if (ended.isDone()) {
            return;
        }
        stop.complete(null);
        try {
            Runtime.getRuntime().halt(ended.get(END_WITHIN_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            Runtime.getRuntime().halt(ExitCode.FAILED.number());
        }
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
