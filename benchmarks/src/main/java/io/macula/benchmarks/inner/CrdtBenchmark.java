package io.macula.benchmarks.inner;

import io.macula.crdt.OrSet;
import io.macula.crdt.ReplicaId;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Merges into an OR-Set of 10 000 elements: one change of another replica, or a whole set that has
/// 100 changes more.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CrdtBenchmark {

    private static final int ELEMENTS = 10_000;
    private static final int CHANGES = 100;
    private static final ReplicaId HERE = ReplicaId.of(1);
    private static final ReplicaId THERE = ReplicaId.of(2);

    private final OrSet set = filled(OrSet.EMPTY, HERE, ELEMENTS);
    private final OrSet delta = set.add(set.next(THERE), "one more");
    private final OrSet newer = filled(set, THERE, CHANGES);

    private static OrSet filled(OrSet start, ReplicaId replica, int count) {
        var set = start;
        for (int i = 0; i < count; i++) {
            set = set.merge(set.add(set.next(replica), "element-" + replica + "-" + i));
        }
        return set;
    }

    @Benchmark
    public OrSet mergeDelta() {
        return set.merge(delta);
    }

    @Benchmark
    public OrSet mergeWhole() {
        return set.merge(newer);
    }
}
