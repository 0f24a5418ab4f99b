package io.macula.benchmarks.traffic;

import java.time.Duration;
import java.util.List;

/// The processor time of the processes of a run, so far.
record Cpu(List<Long> pids) {

    double seconds() {
        return pids.stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .mapToLong(Duration::toMillis)
                .sum() / 1e3;
    }
}
