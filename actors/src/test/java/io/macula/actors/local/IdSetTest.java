package io.macula.actors.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.wire.Bytes;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdSetTest {

    private final IdSet ids = new IdSet();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void holdsWhatASetOfObjectsHolds(long seed) {
        var random = new Random(seed);
        var expected = new HashSet<Bytes>();

        for (var i = 0; i < 20_000; i++) {
            var id = anyId(random);

            assertThat(ids.contains(id)).isEqualTo(expected.contains(id));
            assertThat(ids.add(id)).isEqualTo(expected.add(id));
        }
        assertThat(ids.size()).isEqualTo(expected.size());
        assertThat(expected).allMatch(ids::contains);
    }

    /// Few different values, so that many come again; now and then of another length.
    private static Bytes anyId(Random random) {
        var bytes = new byte[random.nextInt(10) == 0 ? random.nextInt(40) : 16];
        if (bytes.length > 0) {
            bytes[bytes.length - 1] = (byte) random.nextInt(200);
            bytes[0] = (byte) random.nextInt(40);
        }
        return Bytes.of(bytes);
    }

    @Test
    void anIdOfZerosIsOneToo() {
        var zeros = Bytes.of(new byte[16]);

        assertThat(ids.contains(zeros)).isFalse();
        assertThat(ids.add(zeros)).isTrue();
        assertThat(ids.add(zeros)).isFalse();
        assertThat(ids.contains(zeros)).isTrue();
        assertThat(ids.size()).isEqualTo(1);
    }

    @Test
    void idsThatDifferInOneHalfOnlyAreDifferent() {
        var one = new byte[16];
        one[0] = 1;
        var other = new byte[16];
        other[15] = 1;

        assertThat(ids.add(Bytes.of(one))).isTrue();
        assertThat(ids.add(Bytes.of(other))).isTrue();
    }

    @Test
    void anEmptyOneOfTheSameSizeHoldsNothing() {
        var id = Bytes.of(new byte[]{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
        ids.add(id);

        var empty = ids.emptyOfThisSize();

        assertThat(empty.contains(id)).isFalse();
        assertThat(empty.size()).isZero();
        assertThat(empty.add(id)).isTrue();
        assertThat(ids.contains(id)).isTrue();
    }
}
