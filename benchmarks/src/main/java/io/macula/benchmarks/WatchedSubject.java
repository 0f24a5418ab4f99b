package io.macula.benchmarks;

import io.macula.benchmarks.compare.Comparison;
import io.macula.benchmarks.compare.Goal;
import io.macula.benchmarks.compare.Goal.Better;
import io.macula.benchmarks.compare.Measurement;
import io.macula.benchmarks.compare.Report;
import io.macula.benchmarks.traffic.WatchedRuns;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// What a console that somebody looks at costs the nodes.
final class WatchedSubject {

    /// Runs of each, in turn.
    static final int PAIRS = 10;

    private static final String UNWATCHED = "unwatched";
    private static final double RATIO_MAX = 1.05;
    /// The processes stay the same, so each run begins nearly warm.
    private static final Duration WARMUP = Duration.ofSeconds(2);

    /// How long each is measured, unless something else was said.
    static final int SECONDS = 4;

    private WatchedSubject() {}

    /// @param progress told one line after each run
    static Report report(TrafficOptions options, int pairs, Consumer<String> progress) {
        var load = Machine.load();
        try (var runs = WatchedRuns.start(options.payload(), WARMUP,
                Duration.ofSeconds(options.seconds()))) {
            var row = new Measurement("throughput 1 to 1 with a console looked at, CPU",
                    "CPU s/million", pairs, runs::watched, Map.of(UNWATCHED, runs::unwatched),
                    Goal.none(Better.LESS).times(RATIO_MAX, UNWATCHED));
            var outcome = Comparison.run(List.of(row), progress);
            return Report.of(outcome, Machine.facts(null, load), Map.of(), load, runs.faults());
        }
    }
}
