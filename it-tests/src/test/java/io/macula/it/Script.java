package io.macula.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs the `macula` script of the checkout as a user would.
final class Script {

    /// Generous: the first run may build, and the machine may be busy.
    private static final long MINUTES_MAX = 15;

    /// What one run came to.
    record Result(int code, String out, String err) {}

    private Script() {}

    /// The root of the checkout.
    static Path root() {
        return Path.of(System.getProperty("macula.root", "..")).toAbsolutePath().normalize();
    }

    static Result run(String... arguments) throws IOException, InterruptedException {
        return run(root().resolve("macula"), root(), arguments);
    }

    /// Runs `script` in `folder`, with output to files so that no pipe can fill up.
    static Result run(Path script, Path folder, String... arguments)
            throws IOException, InterruptedException {
        var out = Files.createTempFile("macula", ".out");
        var err = Files.createTempFile("macula", ".err");
        var command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("MACULA_"));
        var process = builder.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
                throw new AssertionError(command + " did not end: " + Files.readString(err));
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }
}
