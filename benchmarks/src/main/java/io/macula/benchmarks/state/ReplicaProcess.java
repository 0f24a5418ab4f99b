package io.macula.benchmarks.state;

import io.macula.benchmarks.compare.NotReachedException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A [ReplicaProgram] in a process of its own.
final class ReplicaProcess implements AutoCloseable {

    private static final long NEVER = Long.MIN_VALUE;
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final BufferedWriter in;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> address = new CompletableFuture<>();
    private final Map<String, CompletableFuture<Long>> seen = new ConcurrentHashMap<>();

    private ReplicaProcess(Process process) {
        this.process = process;
        this.in = process.outputWriter();
        // No virtual thread: one that waits for a pipe holds its carrier, and once two do so for long, none other runs.
        Thread.ofPlatform().daemon().start(this::listen);
    }

    private void listen() {
        try {
            process.inputReader().lines().forEach(this::hear);
        } catch (UncheckedIOException _) {
            // The process was ended while it spoke.
        }
        address.completeExceptionally(ended());
        answers.add("= ");
    }

    private static IllegalStateException ended() {
        return new IllegalStateException("a replica's process ended");
    }

    /// @param whose `macula` or `ddata`
    /// @param seed the address of another, empty for the first
    static ReplicaProcess start(String whose, Path folder, String seed) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = List.of(java, "-Xmx1500m", "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED", "-Dslf4j.internal.verbosity=ERROR", "-cp",
                System.getProperty("java.class.path"), ReplicaProgram.class.getName(), whose,
                folder.toString(), seed);
        try {
            return new ReplicaProcess(new ProcessBuilder(command)
                    .redirectError(folder.resolveSibling(folder.getFileName() + ".log").toFile())
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void hear(String line) {
        var words = line.split(" ");
        if (words[0].equals("=")) {
            answers.add(line);
        } else if (words[1].equals("ready")) {
            address.complete(words[2]);
        } else {
            seen(words[2]).complete(Long.parseLong(words[3]));
        }
    }

    private CompletableFuture<Long> seen(String element) {
        return seen.computeIfAbsent(element, _ -> new CompletableFuture<>());
    }

    String address() {
        return address.orTimeout(START_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    /// Tells the process to do something and returns the number it answers.
    long ask(String request, Duration patience) {
        try {
            in.write(request);
            in.newLine();
            in.flush();
            var answer = answers.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (answer == null || answer.length() < 3) {
                throw new NotReachedException("no answer to '" + request + "' within "
                        + patience.toSeconds() + " s");
            }
            return Long.parseLong(answer.substring(2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// When a watched element was seen, by [System#nanoTime()].
    long seenAt(String element, Duration patience) {
        var at = seen(element).completeOnTimeout(NEVER, patience.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        if (at == NEVER) {
            throw new NotReachedException("an element was not seen within " + patience.toSeconds()
                    + " s");
        }
        return at;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
