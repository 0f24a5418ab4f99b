package io.macula.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The laws of a delta CRDT, on random histories of three replicas.
class LawsProperties {

    static Stream<Arguments> histories() {
        return Stream.of(Type.values())
                .flatMap(type -> java.util.stream.LongStream.range(0, 15)
                        .mapToObj(seed -> Arguments.of(type, seed)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("histories")
    void mergeIsAJoin(Type type, long seed) {
        var history = new History(type, seed);
        var x = history.value(0);
        var y = history.value(1);
        var z = history.value(2);

        assertThat(merge(x, x)).as("idempotent").isEqualTo(x);
        assertThat(merge(x, y)).as("commutative").isEqualTo(merge(y, x));
        assertThat(merge(merge(x, y), z)).as("associative").isEqualTo(merge(x, merge(y, z)));
        assertThat(merge(x, y).context()).as("inflates").isEqualTo(x.context().union(y.context()));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("histories")
    void deltasInAnyOrderAndNumberGiveWhatTheWholeValuesGive(Type type, long seed) {
        var history = new History(type, seed);
        var all = merge(merge(history.value(0), history.value(1)), history.value(2));
        var deltas = new ArrayList<>(history.deltas);
        deltas.addAll(history.deltas.subList(0, deltas.size() / 2));
        Collections.shuffle(deltas, new Random(seed));

        Crdt<?> joined = Crdt.of(type, List.of(), DotSet.EMPTY).orElseThrow();
        for (var delta : deltas) {
            joined = merge(joined, delta);
        }

        assertThat(joined).isEqualTo(all);
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("histories")
    void partsJoinBackAndNoneCanBeSpared(Type type, long seed) {
        var value = new History(type, seed).value(0);
        var parts = new ArrayList<Crdt<?>>(value.decompose());
        Collections.shuffle(parts, new Random(seed));

        assertThat(join(type, parts)).isEqualTo(value);
        for (int i = 0; i < parts.size(); i++) {
            var rest = new ArrayList<>(parts);
            rest.remove(i);
            assertThat(join(type, rest)).as("without part %d", i).isNotEqualTo(value);
        }
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("histories")
    void aDeltaSpeaksOfNoDotThatItsWriterHadNotSeen(Type type, long seed) {
        var history = new History(type, seed);

        for (var change : history.changes) {
            var foreign = change.delta()
                    .context()
                    .minus(change.before().context())
                    .minus(DotSet.of(change.dot()));
            assertThat(foreign).isEqualTo(DotSet.EMPTY);
            for (var entry : change.delta().entries()) {
                assertThat(change.delta().context().contains(entry.dot())).isTrue();
            }
        }
    }

    private static Crdt<?> join(Type type, List<Crdt<?>> parts) {
        Crdt<?> joined = Crdt.of(type, List.of(), DotSet.EMPTY).orElseThrow();
        for (var part : parts) {
            joined = merge(joined, part);
        }
        return joined;
    }

    static Crdt<?> merge(Crdt<?> a, Crdt<?> b) {
        return Crdt.wrap(a.state.join(b.state));
    }

    record Made(Crdt<?> before, Dot dot, Crdt<?> delta) {}

    /// Three replicas that change a value and sometimes take over another's.
    static final class History {

        final List<Crdt<?>> deltas = new ArrayList<>();
        final List<Made> changes = new ArrayList<>();
        private final List<Crdt<?>> values = new ArrayList<>();

        History(Type type, long seed) {
            var random = new Random(seed);
            for (int i = 0; i < 3; i++) {
                values.add(Crdt.of(type, List.of(), DotSet.EMPTY).orElseThrow());
            }
            for (int i = 0; i < 40; i++) {
                int at = random.nextInt(3);
                if (random.nextInt(4) == 0) {
                    values.set(at, merge(values.get(at), values.get(random.nextInt(3))));
                } else {
                    change(at, random);
                }
            }
        }

        Crdt<?> value(int replica) {
            return values.get(replica);
        }

        private void change(int at, Random random) {
            var before = values.get(at);
            var dot = before.next(ReplicaId.of(at + 1));
            var delta = AnyChange.of(before, dot, random);
            deltas.add(delta);
            changes.add(new Made(before, dot, delta));
            values.set(at, merge(before, delta));
        }
    }
}
