package io.macula.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CountersTest {

    private static final ReplicaId A = ReplicaId.of(1);
    private static final ReplicaId B = ReplicaId.of(2);

    @Test
    void countsWhatAllReplicasCounted() {
        var a = GCounter.ZERO.increment(A.dot(1), 3);
        var b = GCounter.ZERO.increment(B.dot(1), 4);
        var a2 = a.increment(A.dot(2));

        assertThat(a.merge(b).merge(a2).merge(a2).value()).isEqualTo(8);
        assertThat(a.merge(a2).entries()).as("one entry per replica").hasSize(1);
    }

    @Test
    void growsAndShrinks() {
        var up = PnCounter.ZERO.increment(A.dot(1), 3);
        var down = PnCounter.ZERO.decrement(B.dot(1), 5);

        assertThat(up.merge(down).value()).isEqualTo(-2);
        assertThatThrownBy(() -> up.increment(A.dot(2), 0)).hasMessageContaining("1 or more");
        assertThatThrownBy(() -> up.decrement(A.dot(2), -1)).hasMessageContaining("1 or more");
    }

    @Test
    void refusesADotThatIsTaken() {
        var counter = GCounter.ZERO.increment(A.dot(1));

        assertThatThrownBy(() -> counter.increment(A.dot(1))).hasMessageContaining("taken");
    }

    @Test
    void neitherCountsTwiceNorLosesWhatAReplicaForgotOfItself() {
        var first = GCounter.ZERO.increment(A.dot(1), 10);
        var forgotten = first.merge(first.increment(A.dot(2), 5));

        var afterTheCrash = first.merge(first.increment(A.dot(1001), 1));
        var again = afterTheCrash.merge(afterTheCrash.increment(A.dot(1002), 1));

        assertThat(again.value()).isEqualTo(12);
        assertThat(again.merge(forgotten).value()).isEqualTo(17);
    }

    @Test
    void readsRightWhileTheEntriesOfOneReplicaArriveOneByOne() {
        var first = GCounter.ZERO.increment(A.dot(1), 10);
        var second = first.increment(A.dot(2), 5);
        var onlyTheNew = GCounter.ZERO
                .with(second.state.fragment(second.entries(), DotSet.of(A.dot(2))));

        assertThat(first.merge(onlyTheNew).value()).isEqualTo(15);
    }

    @Nested
    class Bounded {

        private final BoundedCounter ten = BoundedCounter.ZERO.increment(A.dot(1), 10);

        @Test
        void isCountedDownOnlyByWhoMay() {
            assertThat(ten.decrement(B.dot(1), 1)).isEmpty();
            assertThat(ten.decrement(A.dot(2), 11)).isEmpty();
            assertThat(ten.merge(ten.decrement(A.dot(2), 10).orElseThrow()).value()).isZero();
        }

        @Test
        void passesRightsOn() {
            var given = ten.merge(ten.give(A.dot(2), B, 4).orElseThrow());

            assertThat(given.value()).isEqualTo(10);
            assertThat(given.rights(A.dot(3))).isEqualTo(6);
            assertThat(given.rights(B.dot(1))).isEqualTo(4);
            assertThat(given.give(A.dot(3), B, 7)).isEmpty();
            assertThat(given.merge(given.decrement(B.dot(1), 4).orElseThrow()).value())
                    .isEqualTo(6);
            assertThatThrownBy(() -> ten.give(A.dot(2), A, 1)).hasMessageContaining("others");
        }

        @Test
        void neverFallsBelowZeroWhateverTheReplicasDoAtOnce() {
            var shared = ten.merge(ten.give(A.dot(2), B, 5).orElseThrow());
            var a = shared.merge(shared.decrement(A.dot(3), 5).orElseThrow());
            var b = shared.merge(shared.decrement(B.dot(1), 5).orElseThrow());

            assertThat(a.decrement(A.dot(4), 1)).isEmpty();
            assertThat(b.decrement(B.dot(2), 1)).isEmpty();
            assertThat(a.merge(b).value()).isZero();
        }

        @Test
        void isNotSpentTwiceByAReplicaThatForgotItSpent() {
            var afterTheCrash = ten;

            assertThat(afterTheCrash.decrement(A.dot(1001), 1)).isEmpty();
            var refilled = afterTheCrash.merge(afterTheCrash.increment(A.dot(1001), 2));
            assertThat(refilled.rights(A.dot(1002))).isEqualTo(2);
        }
    }

    @Test
    void keepsItsKindsApart() {
        var wrong = Entry.of(A.dot(1), Path.ROOT, Bytes.EMPTY, new Leaf.Tally(1, 0, 5));

        assertThat(Crdt.of(Type.G_COUNTER, List.of(wrong), DotSet.of(A.dot(1)))).isEmpty();
        assertThat(Crdt.of(Type.PN_COUNTER, List.of(wrong), DotSet.of(A.dot(1)))).isPresent();
        assertThat(Crdt.of(Type.PN_COUNTER, List.of(wrong), DotSet.EMPTY)).isEmpty();
        assertThat(Crdt.of(Type.PN_COUNTER, List.of(wrong, wrong), DotSet.of(A.dot(1)))).isEmpty();
    }
}
