package io.macula.benchmarks.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Runs measurements in turn: every repetition measures all rows, ours and the peers' one right after
/// the other and in the other order than the time before, so that a busy minute of the machine meets
/// all of them.
public final class Comparison {

    private static final String OURS = "ours";

    private final List<Measurement> measurements;
    private final Consumer<String> progress;
    private final Map<String, Map<String, Samples>> taken = new HashMap<>();

    private Comparison(List<Measurement> measurements, Consumer<String> progress) {
        this.measurements = measurements;
        this.progress = progress;
    }

    /// @param progress told one line after each run
    public static List<Row> run(List<Measurement> measurements, Consumer<String> progress) {
        var comparison = new Comparison(List.copyOf(measurements), progress);
        int most = measurements.stream().mapToInt(Measurement::repetitions).max().orElse(0);
        for (int repetition = 0; repetition < most; repetition++) {
            comparison.repeat(repetition);
        }
        return measurements.stream().map(comparison::row).toList();
    }

    private void repeat(int repetition) {
        for (var measurement : measurements) {
            if (repetition < measurement.repetitions()) {
                for (var who : order(measurement, repetition)) {
                    progress.accept("%d of %d: %s, %s: %s".formatted(repetition + 1,
                            measurement.repetitions(), measurement.name(), who,
                            take(measurement, who)));
                }
            }
        }
    }

    private static List<String> order(Measurement measurement, int repetition) {
        var order = new ArrayList<String>();
        order.add(OURS);
        order.addAll(new TreeMap<>(measurement.peers()).keySet());
        if (repetition % 2 == 1) {
            Collections.reverse(order);
        }
        return order;
    }

    /// A peer that does not get there is not measured; ours has to.
    private String take(Measurement measurement, String who) {
        var source = who.equals(OURS)
                ? measurement.ours()
                : Objects.requireNonNull(measurement.peers().get(who), who);
        double value;
        try {
            value = source.measure();
        } catch (NotReachedException e) {
            if (who.equals(OURS)) {
                throw e;
            }
            return "not reached: " + e.getMessage();
        }
        taken.computeIfAbsent(measurement.name(), _ -> new HashMap<>())
                .merge(who, Samples.of(value), (before, _) -> before.plus(value));
        return Figures.text(value) + " " + measurement.unit();
    }

    private Row row(Measurement measurement) {
        var all = new HashMap<>(taken.getOrDefault(measurement.name(), Map.of()));
        var ours = all.remove(OURS);
        if (ours == null) {
            throw new IllegalStateException("nothing was measured for " + measurement.name());
        }
        return new Row(measurement.name(), measurement.unit(), ours, all, measurement.goal());
    }
}
