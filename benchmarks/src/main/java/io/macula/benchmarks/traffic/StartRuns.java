package io.macula.benchmarks.traffic;

import io.macula.benchmarks.compare.NotReachedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Starts of the command line as a user starts it, by the script, with its cache of loaded classes.
public final class StartRuns {

    private static final long PATIENCE_SECONDS = 120;
    private static final long IDLE_SECONDS = 10;

    private final Path script;
    private double edgeMegabytes = Double.NaN;

    private StartRuns(Path script) {
        this.script = script;
    }

    /// With the script of the folder that the benchmarks were built in; a first start fills its cache.
    public static StartRuns prepare() {
        try {
            var jar = Path.of(
                    StartRuns.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            var script = jar.resolve("../../../macula").normalize();
            if (!Files.isExecutable(script)) {
                throw new NotReachedException("there is no ./macula above " + jar.getParent());
            }
            var runs = new StartRuns(script);
            runs.helpSeconds();
            return runs;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// From nothing to the end of `--help`.
    public double helpSeconds() {
        var from = System.nanoTime();
        var process = start(List.of("--help"));
        ended(process);
        return (System.nanoTime() - from) / 1e9;
    }

    /// From nothing to an edge node that says it is ready. What memory it takes is looked at ten
    /// seconds later.
    public double edgeSeconds() {
        try {
            var folder = Files.createTempDirectory("macula-bench");
            var from = System.nanoTime();
            var process = start(List.of("node", "start", "--role", "peer", "--data-dir",
                    folder.resolve("node").toString(), "--quic-port", "0", "--http-port", "0",
                    "--json"));
            try (var out = process.inputReader()) {
                if (out.readLine() == null) {
                    throw new NotReachedException("the node did not start");
                }
                var seconds = (System.nanoTime() - from) / 1e9;
                TimeUnit.SECONDS.sleep(IDLE_SECONDS);
                edgeMegabytes = megabytes(process.pid());
                return seconds;
            } finally {
                process.destroy();
                ended(process);
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Memory that the edge node of the last start had, resident.
    public double edgeMegabytes() {
        return edgeMegabytes;
    }

    private Process start(List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(script.toString());
        command.addAll(arguments);
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void ended(Process process) {
        try (var out = process.getInputStream()) {
            out.readAllBytes();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new NotReachedException("a process did not end");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static double megabytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))
                .stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
