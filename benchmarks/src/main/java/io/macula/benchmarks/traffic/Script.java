package io.macula.benchmarks.traffic;

import io.macula.benchmarks.compare.NotReachedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// `./macula` of the folder that the benchmarks were built in, as a user starts it: with its flags and
/// its cache of loaded classes.
record Script(Path file) {

    private static final long PATIENCE_SECONDS = 300;

    /// Finds it; a first start builds what is missing and fills its cache.
    static Script prepare() {
        try {
            var jar = Path.of(
                    Script.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            var file = jar.resolve("../../../macula").normalize();
            if (!Files.isExecutable(file)) {
                throw new NotReachedException("there is no ./macula above " + jar.getParent());
            }
            var script = new Script(file);
            script.run("--help");
            return script;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Runs a command to its end.
    void run(String... arguments) {
        var process = start(List.of(arguments), Map.of());
        try (var out = process.getInputStream()) {
            out.readAllBytes();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new NotReachedException("a command did not end");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        if (process.exitValue() != 0) {
            throw new NotReachedException(
                    "'./macula " + String.join(" ", arguments) + "' failed");
        }
    }

    Process start(List<String> arguments, Map<String, String> environment) {
        var command = new ArrayList<String>();
        command.add(file.toString());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
