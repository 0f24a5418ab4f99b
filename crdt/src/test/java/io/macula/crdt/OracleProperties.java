package io.macula.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Values against an oracle that knows nothing of dots: only which operations a replica has seen, and
/// what each operation's writer had seen.
class OracleProperties {

    static LongStream seeds() {
        return LongStream.range(0, 80);
    }

    private enum Kind {
        ADD, REMOVE, REMOVE_FIELD, WRITE, COUNT
    }

    /// @param seen
    ///            the operations its writer had seen
    private record Op(int replica, Kind kind, String target, long number, Set<Integer> seen) {}

    private final List<Op> ops = new ArrayList<>();
    private final List<OrMap> maps = new ArrayList<>();
    private final List<Set<Integer>> seen = new ArrayList<>();

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyReplicaReadsWhatTheVisibleOperationsSay(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 3; i++) {
            maps.add(OrMap.EMPTY);
            seen.add(new HashSet<>());
        }

        for (int i = 0; i < 60; i++) {
            int at = random.nextInt(3);
            if (random.nextInt(4) == 0) {
                int from = random.nextInt(3);
                maps.set(at, maps.get(at).merge(maps.get(from)));
                seen.get(at).addAll(seen.get(from));
            } else {
                operate(at, random);
            }
            assertThat(elements(maps.get(at))).as("set").isEqualTo(expectedElements(seen.get(at)));
            assertThat(maps.get(at).register("r").value().map(Bytes::text)).as("register")
                    .isEqualTo(expectedWrite(seen.get(at)));
            assertThat(maps.get(at).counter("c").value()).as("counter")
                    .isEqualTo(expectedCount(seen.get(at)));
        }
    }

    private void operate(int at, Random random) {
        var map = maps.get(at);
        var dot = map.next(ReplicaId.of(at + 1));
        var kind = Kind.values()[random.nextInt(12) == 0
                ? 2
                : new int[]{0, 0, 1, 3, 4}[random.nextInt(5)]];
        var target = "e" + random.nextInt(4);
        long number = kind == Kind.COUNT ? random.nextInt(-5, 6) : random.nextInt(4);
        if (number == 0 && kind == Kind.COUNT) {
            return;
        }
        ops.add(new Op(at, kind, target, number, Set.copyOf(seen.get(at))));
        int id = ops.size() - 1;
        seen.get(at).add(id);
        var delta = switch (kind) {
            case ADD -> map.of(map.set("s").add(dot, target));
            case REMOVE -> map.of(map.set("s").remove(target));
            case REMOVE_FIELD -> map.remove("s");
            case WRITE -> map.of(map.register("r").assign(dot, Stamp.of(number, 0), "w" + id));
            case COUNT -> map.of(number > 0
                    ? map.counter("c").increment(dot, number)
                    : map.counter("c").decrement(dot, -number));
        };
        maps.set(at, map.merge(delta));
    }

    private static Set<String> elements(OrMap map) {
        var elements = new TreeSet<String>();
        map.set("s").elements().forEach(element -> elements.add(element.text()));
        return elements;
    }

    /// In: some add of it that no visible remove had seen.
    private Set<String> expectedElements(Set<Integer> visible) {
        var elements = new TreeSet<String>();
        for (int id : visible) {
            var add = ops.get(id);
            if (add.kind() == Kind.ADD && visible.stream()
                    .map(ops::get)
                    .noneMatch(
                            remove -> removes(remove, add.target())
                                    && remove.seen().contains(id))) {
                elements.add(add.target());
            }
        }
        return elements;
    }

    private static boolean removes(Op op, String element) {
        return op.kind() == Kind.REMOVE_FIELD
                || (op.kind() == Kind.REMOVE && op.target().equals(element));
    }

    /// Of the writes that no other visible write had seen, the one with the largest stamp, then
    /// replica.
    private Optional<String> expectedWrite(Set<Integer> visible) {
        return visible.stream()
                .filter(id -> ops.get(id).kind() == Kind.WRITE)
                .filter(id -> visible.stream()
                        .map(ops::get)
                        .noneMatch(
                                later -> later.kind() == Kind.WRITE && later.seen().contains(id)))
                .max(Comparator.comparingLong((Integer id) -> ops.get(id).number())
                        .thenComparingInt(id -> ops.get(id).replica()))
                .map(id -> "w" + id);
    }

    private long expectedCount(Set<Integer> visible) {
        return visible.stream()
                .map(ops::get)
                .filter(op -> op.kind() == Kind.COUNT)
                .mapToLong(Op::number)
                .sum();
    }
}
