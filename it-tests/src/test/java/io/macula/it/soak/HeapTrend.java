package io.macula.it.soak;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/// The heap in use after full collections, over time.
final class HeapTrend {

    private final List<Long> usedBytes = new ArrayList<>();

    void sample() {
        var memory = ManagementFactory.getMemoryMXBean();
        for (var i = 0; i < 3; i++) {
            memory.gc();
        }
        usedBytes.add(memory.getHeapMemoryUsage().getUsed());
    }

    /// How much more is in use in the second half than in the first: 0.05 is 5 %. The least of each
    /// half counts, because messages that are just under way only add.
    double growth() {
        var half = usedBytes.size() / 2;
        var first = least(usedBytes.subList(0, half));
        var second = least(usedBytes.subList(usedBytes.size() - half, usedBytes.size()));
        return second / first - 1;
    }

    private static double least(List<Long> samples) {
        return samples.stream().mapToLong(Long::longValue).min().orElseThrow();
    }

    @Override
    public String toString() {
        return usedBytes.stream().map(bytes -> bytes / 1024 / 1024 + " MiB").toList()
                + " growth " + Math.round(growth() * 1000) / 10.0 + " %";
    }
}
