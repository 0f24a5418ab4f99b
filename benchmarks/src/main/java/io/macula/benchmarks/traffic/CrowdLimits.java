package io.macula.benchmarks.traffic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Whether a machine has room for a crowd.
///
/// @param files that a process may have open
/// @param availableKib memory that nobody uses
record CrowdLimits(int connections, long files, long availableKib) {

    /// Both ends of a link, and the processes themselves. All connections of a process share one UDP
    /// socket: they need no files.
    private static final long KIB_EACH = 160;
    private static final long KIB_ALWAYS = 2L << 20;
    private static final long FILES = 1_024;

    /// Of this machine.
    static CrowdLimits of(int connections) {
        try {
            return new CrowdLimits(connections,
                    number(Path.of("/proc/self/limits"), "Max open files"),
                    number(Path.of("/proc/meminfo"), "MemAvailable:"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(Path file, String name) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length()).strip().split("\\s+")[0])
                    .mapToLong(word -> word.equals("unlimited")
                            ? Long.MAX_VALUE
                            : Long.parseLong(word))
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
        }
    }

    /// What is missing, one sentence.
    Optional<String> problem() {
        if (files < FILES) {
            return Optional.of("a process may open only " + files + " files here, and " + FILES
                    + " are wanted; say 'ulimit -n " + FILES + "' before");
        }
        var wanted = KIB_ALWAYS + connections * KIB_EACH;
        return availableKib < wanted
                ? Optional.of(
                        "%d connections take about %d MB with both ends, and only %d MB are free; say --connections with less"
                                .formatted(connections, wanted >> 10, availableKib >> 10))
                : Optional.empty();
    }
}
