package io.macula.coordination.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.coordination.wire.Decoded;
import io.macula.coordination.wire.SnapshotCodec;
import java.util.HashSet;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StateProperties {

    private static final int COMMANDS = 400;

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theSameEntriesGiveTheSameStateAlsoByWayOfASnapshot(long seed) {
        var random = new Random(seed);
        var commands = new AnyCommands(random).list(COMMANDS);
        int cut = random.nextInt(COMMANDS);
        var whole = State.EMPTY;
        var restored = State.EMPTY;

        for (int i = 0; i < COMMANDS; i++) {
            var entry = commands.get(i);
            var one = whole.apply(entry.command(), entry.stamp());
            var other = restored.apply(entry.command(), entry.stamp());
            assertThat(other).isEqualTo(one);
            whole = one.next();
            restored = i == cut ? throughSnapshot(other.next()) : other.next();
        }

        assertThat(SnapshotCodec.encode(restored)).isEqualTo(SnapshotCodec.encode(whole));
    }

    private static State throughSnapshot(State state) {
        return ((Decoded.Ok<State>) SnapshotCodec.decode(SnapshotCodec.encode(state))).value();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void fencesGrowAndWhoHoldsOrWaitsIsThere(long seed) {
        var state = State.EMPTY;
        long highest = 0;
        var known = new HashSet<Long>();

        for (var entry : new AnyCommands(new Random(seed)).list(COMMANDS)) {
            state = state.apply(entry.command(), entry.stamp()).next();

            long before = highest;
            for (var possession : state.claims().values()) {
                long fence = possession.holder().fence();
                if (known.add(fence)) {
                    assertThat(fence).as("a new grant").isGreaterThan(before);
                    highest = Math.max(highest, fence);
                }
                assertThat(state.sessions()).containsKey(possession.holder().session());
                assertThat(possession.queue()).allSatisfy(new WaitsIn(state)::check);
            }
            for (var gathering : state.barriers().values()) {
                assertThat(gathering.entered().size()).isLessThan(gathering.parties());
                assertThat(gathering.entered()).allSatisfy(new WaitsIn(state)::check);
            }
        }
        assertThat(known).as("grants in this run").isNotEmpty();
    }

    private record WaitsIn(State state) {
        void check(Waiter waiter) {
            assertThat(state.sessions()).containsKey(waiter.session());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aRequestRepeatedAtOnceChangesNothing(long seed) {
        var state = State.EMPTY;

        for (var entry : new AnyCommands(new Random(seed)).list(COMMANDS)) {
            var once = state.apply(entry.command(), entry.stamp());
            if (entry.command() instanceof Command.Ask ask
                    && !(ask.request() instanceof Request.Close)) {
                assertThat(once.next().apply(entry.command(), entry.stamp())).isEqualTo(once);
            }
            state = once.next();
        }
    }
}
