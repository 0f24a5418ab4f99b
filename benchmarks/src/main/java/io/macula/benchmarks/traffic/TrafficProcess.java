package io.macula.benchmarks.traffic;

import io.macula.benchmarks.compare.NotReachedException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A [TrafficProgram] in a process of its own.
final class TrafficProcess implements AutoCloseable {

    /// The same for everybody who runs on a JVM.
    private static final List<String> FLAGS = List.of("-Xms512m", "-Xmx2g",
            "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED",
            "-Dslf4j.internal.verbosity=ERROR");
    private static final String GONE = "";

    /// A third of the weight of the others. With 10 it is a tenth, and who shares a processor with the compiler of the one in
    /// front then hardly reads what comes.
    private static final int BEHIND = 5;

    private final Process process;
    private final BufferedWriter in;
    private final Path log;
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    private TrafficProcess(Process process, Path log) {
        this.process = process;
        this.in = process.outputWriter();
        this.log = log;
        // No virtual thread: one that waits for a pipe holds its carrier, and once two do so for long, none other runs.
        Thread.ofPlatform().daemon().start(this::listen);
    }

    private void listen() {
        try {
            process.inputReader().lines().forEach(said::add);
        } catch (UncheckedIOException _) {
            // The process was ended while it spoke.
        }
        said.add(GONE);
    }

    static TrafficProcess start(String name, Path folder, List<String> words) {
        return start(List.of(), name, folder, words);
    }

    /// One that gets less of the processor than others who want it.
    static TrafficProcess startBehind(String name, Path folder, List<String> words) {
        return start(List.of("nice", "-n", Integer.toString(BEHIND)), name, folder, words);
    }

    private static TrafficProcess start(List<String> by, String name, Path folder,
            List<String> words) {
        var command = new ArrayList<>(by);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"),
                TrafficProgram.class.getName()));
        command.addAll(words);
        try {
            var log = folder.resolve(name + ".log");
            return new TrafficProcess(
                    new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /// The address it says when it is ready.
    String address(Duration patience) {
        return hear("! ready ", patience);
    }

    /// Asks for a measurement; the words of the answer.
    String ask(String request, Duration patience) {
        try {
            in.write(request);
            in.newLine();
            in.flush();
        } catch (IOException e) {
            throw new NotReachedException("the process has ended: " + lastWords());
        }
        return hear("= ", patience);
    }

    private String hear(String begin, Duration patience) {
        try {
            var line = said.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new NotReachedException("no answer within " + patience.toSeconds() + " s");
            }
            if (!line.startsWith(begin)) {
                throw new NotReachedException("the process has ended: " + lastWords());
            }
            return line.substring(begin.length());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String lastWords() {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("Exception") || line.contains("Error"))
                    .findFirst()
                    .orElse("without a word");
        } catch (IOException | UncheckedIOException e) {
            return "without a word";
        }
    }

    @Override
    public void close() {
        try {
            in.close();
            if (process.waitFor(2, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException _) {
            // It has gone by itself.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
