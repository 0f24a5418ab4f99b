package io.macula.benchmarks.compare;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A real OTP supervisor: `erl` and `erlc` of the `PATH` with the measurements of `otp_bench.erl`.
public final class Otp implements AutoCloseable {

    public static final String NAME = "otp";
    private static final String MODULE = "otp_bench";
    private static final String PROCESSES_MAX = "1000000";
    private static final long PATIENCE_SECONDS = 600;

    private final Path folder;
    private String version = "";

    private Otp(Path folder) {
        this.folder = folder;
    }

    /// Ready to measure; empty when there is no Erlang here.
    public static Optional<Otp> find() throws IOException {
        if (!isOnPath("erl") || !isOnPath("erlc")) {
            return Optional.empty();
        }
        var otp = new Otp(Files.createTempDirectory("macula-bench"));
        try {
            otp.prepare();
            return Optional.of(otp);
        } catch (IOException | IllegalStateException unusable) {
            otp.close();
            throw unusable;
        }
    }

    private static boolean isOnPath(String program) {
        var path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return List.of(path.split(File.pathSeparator, -1))
                .stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private void prepare() throws IOException {
        var source = folder.resolve(MODULE + ".erl");
        try (InputStream in = Objects
                .requireNonNull(Otp.class.getResourceAsStream(MODULE + ".erl"))) {
            Files.copy(in, source);
        }
        output(List.of("erlc", "-o", folder.toString(), source.toString()));
        version = run("versions", "all").strip();
    }

    /// Release, emulator, schedulers.
    public String version() {
        return version;
    }

    /// The median of what `task` reads as `reading`, in an emulator of its own.
    public double measure(String task, String reading, int count, int warmup, int rounds) {
        var lines = run("main", task, String.valueOf(count), String.valueOf(warmup),
                String.valueOf(rounds));
        return new Samples(readings(lines, reading)).median();
    }

    /// The numbers of the lines `READING NUMBER`.
    static List<Double> readings(String lines, String reading) {
        return lines.lines()
                .filter(line -> line.startsWith(reading + " "))
                .map(line -> Double.valueOf(line.substring(reading.length() + 1).strip()))
                .toList();
    }

    private String run(String function, String... arguments) {
        var command = new ArrayList<>(List.of("erl", "-noshell", "+P", PROCESSES_MAX, "-pa",
                folder.toString(), "-run", MODULE, function));
        command.addAll(List.of(arguments));
        try {
            return output(command);
        } catch (IOException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private String output(List<String> command) throws IOException {
        var answer = folder.resolve("answer.txt");
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(answer.toFile())
                .start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed: "
                        + Files.readString(answer));
            }
            return Files.readString(answer);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } finally {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
