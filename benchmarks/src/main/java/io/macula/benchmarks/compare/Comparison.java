package io.macula.benchmarks.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Runs measurements in turn: every repetition measures all rows, ours and the peers' one right after
/// the other and in the other order than the time before, so that a busy minute of the machine meets
/// all of them.
public final class Comparison {

    /// What all runs came to.
    ///
    /// @param rows those that ours was measured for
    /// @param faults what was not measured, a sentence each
    public record Outcome(List<Row> rows, List<String> faults) {

        public Outcome {
            rows = List.copyOf(rows);
            faults = List.copyOf(faults);
        }
    }

    private static final String OURS = "ours";

    private final List<Measurement> measurements;
    private final Consumer<String> progress;
    private final Map<String, Map<String, Samples>> taken = new HashMap<>();
    private final Map<String, Map<String, String>> unreached = new HashMap<>();
    private final List<String> faults = new ArrayList<>();

    private Comparison(List<Measurement> measurements, Consumer<String> progress) {
        this.measurements = measurements;
        this.progress = progress;
    }

    /// Ends with the first run of ours that does not get there: what follows often takes its numbers from the same
    /// processes, and would start them again.
    ///
    /// @param progress told one line after each run
    public static Outcome run(List<Measurement> measurements, Consumer<String> progress) {
        var comparison = new Comparison(List.copyOf(measurements), progress);
        comparison.repeat();
        return new Outcome(
                measurements.stream().flatMap(each -> comparison.row(each).stream()).toList(),
                comparison.faults);
    }

    private void repeat() {
        int most = measurements.stream().mapToInt(Measurement::repetitions).max().orElse(0);
        for (int repetition = 0; repetition < most; repetition++) {
            for (var measurement : measurements) {
                if (repetition < measurement.repetitions() && !isTaken(measurement, repetition)) {
                    return;
                }
            }
        }
    }

    /// One run of everybody; whether ours got there.
    private boolean isTaken(Measurement measurement, int repetition) {
        for (var who : order(measurement, repetition)) {
            String said;
            try {
                said = take(measurement, who);
            } catch (NotReachedException e) {
                if (who.equals(OURS)) {
                    faults.add("'" + measurement.name() + "' was not measured: " + e.getMessage());
                    return false;
                }
                unreached.computeIfAbsent(measurement.name(), _ -> new HashMap<>())
                        .put(who, String.valueOf(e.getMessage()));
                said = "not reached: " + e.getMessage();
            }
            progress.accept("%d of %d: %s, %s: %s".formatted(repetition + 1,
                    measurement.repetitions(), measurement.name(), who, said));
        }
        return true;
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

    private String take(Measurement measurement, String who) {
        var source = who.equals(OURS)
                ? measurement.ours()
                : Objects.requireNonNull(measurement.peers().get(who), who);
        double value = source.measure();
        if (!Double.isFinite(value)) {
            throw new NotReachedException("it gave no number");
        }
        taken.computeIfAbsent(measurement.name(), _ -> new HashMap<>())
                .merge(who, Samples.of(value), (before, _) -> before.plus(value));
        return Figures.text(value) + " " + measurement.unit();
    }

    /// Empty when ours was never measured, which is a fault already for the first such row.
    private Optional<Row> row(Measurement measurement) {
        var all = new HashMap<>(taken.getOrDefault(measurement.name(), Map.of()));
        var ours = all.remove(OURS);
        if (ours == null) {
            return Optional.empty();
        }
        return Optional.of(new Row(measurement.name(), measurement.unit(), ours, all,
                measurement.goal(), unreached.getOrDefault(measurement.name(), Map.of())));
    }
}
