package io.macula.benchmarks.traffic;

import io.macula.benchmarks.compare.NotReachedException;
import io.macula.runtime.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A node that `./macula node start` started, with a folder of its own; both are gone after it.
final class ScriptNode implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 40;

    private final Process process;
    private final Path folder;
    private final String ready;
    private final double seconds;

    private ScriptNode(Process process, Path folder, String ready, double seconds) {
        this.process = process;
        this.folder = folder;
        this.ready = ready;
        this.seconds = seconds;
    }

    /// Starts one, and waits until it says that it is ready.
    ///
    /// @param settings as variables of its environment
    static ScriptNode start(Script script, String role, Map<String, String> settings) {
        try {
            var folder = Files.createTempDirectory("macula-bench");
            var arguments = new ArrayList<>(List.of("node", "start", "--role", role, "--data-dir",
                    folder.resolve("node").toString(), "--quic-port", "0", "--http-port", "0",
                    "--json"));
            var from = System.nanoTime();
            var process = script.start(arguments, settings);
            var line = process.inputReader().readLine();
            var seconds = (System.nanoTime() - from) / 1e9;
            var node = new ScriptNode(process, folder, line == null ? "" : line, seconds);
            if (line == null) {
                node.close();
                throw new NotReachedException("a node did not start");
            }
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// From nothing to ready.
    double seconds() {
        return seconds;
    }

    /// Where peers dial it.
    String address() {
        return Json.parse(ready) instanceof Json.Parsed.Value(var said)
                ? said.path("address").asText()
                : "";
    }

    long pid() {
        return process.pid();
    }

    Resident resident() {
        return new Resident(process.pid());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            process.inputReader().close();
            try (var paths = Files.walk(folder)) {
                for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
