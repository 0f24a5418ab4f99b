package io.macula.benchmarks.compare;

import java.util.Map;

/// How one row is measured: by one run of ours and one of each peer per repetition.
///
/// @param repetitions how often; a run gives the median of its own rounds
public record Measurement(String name, String unit, int repetitions, Source ours,
        Map<String, Source> peers, Goal goal) {

    /// Starts fresh processes, measures, and gives one number.
    @FunctionalInterface
    public interface Source {
        double measure();
    }

    public Measurement {
        peers = Map.copyOf(peers);
        if (repetitions < 1) {
            throw new IllegalArgumentException("measured " + repetitions + " times");
        }
    }
}
