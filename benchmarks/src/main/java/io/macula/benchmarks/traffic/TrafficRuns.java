package io.macula.benchmarks.traffic;

import io.macula.benchmarks.compare.Measurement;
import io.macula.benchmarks.compare.NotReachedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Runs of all contestants. One run gives several figures: a figure that was taken from it already
/// begins the next one.
public final class TrafficRuns {

    /// Of a measurement: how much was lost, or failed.
    private static final String LOST = "lost";

    /// Of a throughput: milliseconds in which nothing came, at most; and what kwik is allowed, whose
    /// streams stood still before we drove them differently.
    private static final String GAP = "gap";
    private static final double GAP_MAX = 1_500;

    private record Key(Contestant who, Scene scene) {}

    private static final class Run {
        private final Set<String> taken = new HashSet<>();
        private Map<String, Map<String, Double>> figures = Map.of();
        private @Nullable String failure;
    }

    private final int payloadBytes;
    private final Duration warmup;
    private final Duration measured;
    private final Map<Key, Run> runs = new HashMap<>();
    private final List<String> faults = new ArrayList<>();

    public TrafficRuns(int payloadBytes, Duration warmup, Duration measured) {
        this.payloadBytes = payloadBytes;
        this.warmup = warmup;
        this.measured = measured;
    }

    /// Where a row takes its figure from.
    ///
    /// @param measurement one of the scene's
    /// @param figure `rate` a second, `cpu` seconds for a million, or `p50`, `p99`, `max` in µs
    public Measurement.Source source(Contestant who, Scene scene, String measurement,
            String figure) {
        return () -> figure(new Key(who, scene), measurement, figure);
    }

    /// What is wrong with the runs so far, a sentence each.
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /// Something else went wrong.
    void fault(String sentence) {
        faults.add(sentence);
    }

    private double figure(Key key, String measurement, String figure) {
        var run = runs.get(key);
        if (run == null || run.taken.contains(measurement + figure)) {
            run = begin(key);
            runs.put(key, run);
        }
        run.taken.add(measurement + figure);
        if (run.failure != null) {
            throw new NotReachedException(run.failure);
        }
        return run.figures.getOrDefault(measurement, Map.of()).getOrDefault(figure, Double.NaN);
    }

    private Run begin(Key key) {
        var run = new Run();
        var scene = key.scene();
        try {
            run.figures = Rig.run(new Plan(key.who(), scene.subscribers(), scene.nodes(),
                    scene.relayed(), payloadBytes, warmup.toMillis(), measured.toMillis(),
                    Path.of("."), "-"), scene.measurements());
            run.figures.forEach((measurement, figures) -> {
                note(key, measurement, figures.getOrDefault(LOST, 0.0).longValue());
                noteGap(key.who(), figures.getOrDefault(GAP, 0.0));
            });
        } catch (NotReachedException e) {
            run.failure = e.getMessage();
            faults.add(key.who() + " was not measured once: " + e.getMessage());
        }
        return run;
    }

    private void noteGap(Contestant who, double millis) {
        if (who == Contestant.KWIK && millis > GAP_MAX) {
            faults.add("%s stood still for %,.0f ms".formatted(who, millis));
        }
    }

    private void note(Key key, String measurement, long lost) {
        if (lost != 0) {
            faults.add("%s lost %,d in '%s' with %d subscribers on %d nodes".formatted(key.who(),
                    lost, measurement, key.scene().subscribers(), key.scene().nodes()));
        }
    }
}
