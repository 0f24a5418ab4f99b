package io.macula.benchmarks.traffic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the kernel says of a process (proc(5), status).
///
/// @param pid of a process that lives
record Resident(long pid) {

    private static final double KIB_PER_MIB = 1024;

    /// Memory that it has now.
    double megabytes() {
        return figure("VmRSS:") / KIB_PER_MIB;
    }

    double threads() {
        return figure("Threads:");
    }

    private double figure(String name) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
