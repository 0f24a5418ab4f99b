package io.macula.actors.link.quic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SendPoolTest {

    private static final int MIB = 1024 * 1024;

    private final SendPool pool = new SendPool(2 * MIB);

    @Test
    void asksNobodyForWhatIsItsOwn() {
        assertThat(pool.room(8 * MIB).holds(SendPool.OWN_BYTES)).isTrue();
        assertThat(pool.lentBytes()).isZero();
    }

    @Test
    void borrowsInPortionsAndGivesBackWhenItHasDrained() {
        var room = pool.room(8 * MIB);

        assertThat(room.holds(SendPool.OWN_BYTES + 1)).isTrue();
        assertThat(pool.lentBytes()).isEqualTo(SendPool.PORTION_BYTES);
        assertThat(room.holds(SendPool.OWN_BYTES + SendPool.PORTION_BYTES)).isTrue();
        assertThat(pool.lentBytes()).isEqualTo(SendPool.PORTION_BYTES);

        room.drainedTo(SendPool.OWN_BYTES);
        assertThat(pool.lentBytes()).as("much is queued still").isPositive();
        room.drainedTo(SendPool.OWN_BYTES / 2);
        assertThat(pool.lentBytes()).isZero();
    }

    @Test
    void holdsNoMoreThanItsOwnBoundHoweverMuchIsLeft() {
        var room = pool.room(MIB);

        assertThat(room.holds(MIB)).isTrue();
        assertThat(room.holds(MIB + 1)).isFalse();
        assertThat(pool.room(1024).holds(1025)).isFalse();
    }

    @Test
    void lendsAThousandStreamsNoMoreThanThereIs() {
        var rooms = IntStream.range(0, 1_000).mapToObj(_ -> pool.room(MIB)).toList();

        var taken = rooms.stream().filter(room -> room.holds(MIB)).count();

        assertThat(taken).isEqualTo(2);
        assertThat(pool.lentBytes()).isLessThanOrEqualTo(2 * MIB);
        assertThat(rooms).as("its own part is left to each")
                .allMatch(room -> room.holds(SendPool.OWN_BYTES));
    }

    @Test
    void aStreamThatIsOverGivesBackAndBorrowsNoMore() {
        var room = pool.room(MIB);
        room.holds(MIB);

        room.end();

        assertThat(pool.lentBytes()).isZero();
        assertThat(room.holds(MIB)).isFalse();
        assertThat(pool.lentBytes()).isZero();
    }
}
