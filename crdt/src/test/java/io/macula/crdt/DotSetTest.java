package io.macula.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DotSetTest {

    private static final ReplicaId A = ReplicaId.of(1);
    private static final ReplicaId B = ReplicaId.of(2);

    @Test
    void knowsExactlyItsDots() {
        var set = DotSet.of(A.dot(1), A.dot(2), A.dot(5), B.dot(3));

        assertThat(set.contains(A.dot(5))).isTrue();
        assertThat(set.contains(A.dot(4))).isFalse();
        assertThat(set.contains(B.dot(1))).isFalse();
        assertThat(set.size()).isEqualTo(4);
        assertThat(set.next(A)).isEqualTo(A.dot(6));
        assertThat(set.next(ReplicaId.of(9)).n()).isEqualTo(1);
        assertThat(set.ranges()).containsExactly(new DotRange(A, 1, 2), new DotRange(A, 5, 5),
                new DotRange(B, 3, 3));
    }

    @Test
    void closesAGapInOneRange() {
        var set = DotSet.of(A.dot(1), A.dot(3)).plus(A.dot(2));

        assertThat(set).isEqualTo(DotSet.of(new DotRange(A, 1, 3)));
        assertThat(set.containsAll(new DotRange(A, 1, 3))).isTrue();
    }

    @Test
    void leavesNoEmptyReplicaBehind() {
        var set = DotSet.of(A.dot(1), B.dot(1));

        assertThat(set.minus(DotSet.of(A.dot(1)))).isEqualTo(DotSet.of(B.dot(1)));
        assertThat(set.minus(set)).isEqualTo(DotSet.EMPTY);
        assertThat(set.intersect(DotSet.of(A.dot(2))).isEmpty()).isTrue();
        assertThat(set.within(new DotRange(A, 1, 9))).isEqualTo(DotSet.of(A.dot(1)));
    }

    @Test
    void tellsEpochsOfOneNodeApart() {
        var later = new ReplicaId(1, 2);

        assertThat(DotSet.of(A.dot(1)).contains(later.dot(1))).isFalse();
        assertThat(A).isLessThan(later);
    }

    @Test
    void refusesDotsAndRangesThatAreNone() {
        assertThatThrownBy(() -> A.dot(0)).hasMessageContaining("count from 1");
        assertThatThrownBy(() -> new DotRange(A, 3, 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ReplicaId(1, 0)).hasMessageContaining("epoch");
    }
}
