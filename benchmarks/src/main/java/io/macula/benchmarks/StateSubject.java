package io.macula.benchmarks;

import io.macula.benchmarks.compare.Goal;
import io.macula.benchmarks.compare.Measurement;
import io.macula.benchmarks.state.SharedStateRuns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Our shared state beside Pekko's distributed data.
final class StateSubject {

    static final String DDATA = "ddata";

    private final int repetitions;

    private StateSubject(int repetitions) {
        this.repetitions = repetitions;
    }

    /// @param isFull all rows; else those that take seconds
    static List<Measurement> measurements(int repetitions, boolean isFull) {
        var subject = new StateSubject(repetitions);
        var rows = new ArrayList<>(List.of(
                subject.row("one addition on the others, p50", "ms",
                        runs -> runs.convergence(0, 0.5), Goal.atMost(40)),
                subject.row("one addition on the others, most", "ms",
                        runs -> runs.convergence(0, 1), Goal.atMost(150)),
                subject.row("bytes sent for one addition to 10,000", "bytes",
                        runs -> runs.bytesPerAddition(10_000), Goal.atMost(1_000)),
                subject.row("merge of one remote addition into 100,000", "us",
                        runs -> runs.merge(100_000), Goal.atMost(20)),
                subject.row("additions by one node alone", "changes/s",
                        runs -> runs.additionsPerSecond(100_000),
                        Goal.none(Goal.Better.MORE).times(1, DDATA)),
                subject.row("increments by one node alone", "changes/s",
                        runs -> runs.incrementsPerSecond(400_000),
                        Goal.none(Goal.Better.MORE).times(1, DDATA))));
        if (isFull) {
            rows.addAll(subject.slowRows());
        }
        return rows;
    }

    private List<Measurement> slowRows() {
        return List.of(
                row("one addition to 100,000 on the others, p50", "ms",
                        runs -> runs.convergence(100_000, 0.5), Goal.atMost(40)),
                row("one addition to 100,000 on the others, most", "ms",
                        runs -> runs.convergence(100_000, 1), Goal.atMost(150)),
                row("bytes sent for one addition to 100,000", "bytes",
                        runs -> runs.bytesPerAddition(100_000), Goal.atMost(1_000)),
                oursAlone("bytes sent for one addition to 1,000,000", "bytes",
                        runs -> runs.bytesPerAddition(1_000_000), Goal.atMost(1_000)),
                row("a node joins 100,000 keys", "s", runs -> runs.joinSeconds(100_000),
                        Goal.atMost(5)),
                oursAlone("a node joins 1,000,000 keys", "s",
                        runs -> runs.joinSeconds(1_000_000), Goal.atMost(15)),
                row("idle at 100,000 keys, per node", "bytes/s",
                        runs -> runs.idleBytesPerSecond(100_000), Goal.atMost(500)),
                row("100,000 UUIDs in one set, on all", "s",
                        runs -> runs.fillSeconds(100_000), Goal.atMost(5)));
    }

    private Measurement row(String name, String unit, ToDoubleFunction<SharedStateRuns> measured,
            Goal goal) {
        return new Measurement(name, unit, repetitions,
                () -> measured.applyAsDouble(SharedStateRuns.OURS),
                Map.of(DDATA, () -> measured.applyAsDouble(SharedStateRuns.DDATA)), goal);
    }

    /// What distributed data was not made for.
    private Measurement oursAlone(String name, String unit,
            ToDoubleFunction<SharedStateRuns> measured, Goal goal) {
        return new Measurement(name, unit, repetitions,
                () -> measured.applyAsDouble(SharedStateRuns.OURS), Map.of(), goal);
    }
}
