package io.macula.dht.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeWheelTest {

    private final TimeWheel wheel = new TimeWheel();

    @Test
    void stopsAtTheTimeItIsTold() {
        wheel.add(100, 1, 0, 0, 0, null);

        assertThat(wheel.advance(99)).isFalse();
        assertThat(wheel.now()).isEqualTo(99);
        assertThat(wheel.advance(100)).isTrue();
        assertThat(wheel.now()).isEqualTo(100);
        assertThat(wheel.advance(100)).isFalse();
    }

    @Test
    void keepsTheOrderWithinAMillisecond() {
        for (var i = 0; i < 5; i++) {
            wheel.add(20_000, i, 0, 0, 0, null);
        }

        for (var i = 0; i < 5; i++) {
            assertThat(wheel.advance(Long.MAX_VALUE)).isTrue();
            assertThat(wheel.kind()).isEqualTo(i);
        }
    }

    @Test
    void handlesWhatIsAddedForThePastNow() {
        wheel.advance(500);
        wheel.add(3, 7, 0, 0, 0, "late");

        assertThat(wheel.advance(500)).isTrue();
        assertThat(wheel.content()).isEqualTo("late");
        assertThat(wheel.now()).isEqualTo(500);
    }

    @Test
    void reachesEventsBeyondBothWheels() {
        var threeDays = 3 * 86_400_000L;
        wheel.add(threeDays, 1, 0, 0, 0, null);
        wheel.add(5, 2, 0, 0, 0, null);

        wheel.advance(Long.MAX_VALUE);
        wheel.advance(Long.MAX_VALUE);

        assertThat(wheel.now()).isEqualTo(threeDays);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void yieldsEveryEventOnceAndInOrderOfTime(long seed) {
        var random = new Random(seed);
        var expected = new ArrayList<Long>();
        var seen = new ArrayList<Long>();
        for (var i = 0; i < 3000; i++) {
            expected.add(add(random));
        }

        while (wheel.advance(Long.MAX_VALUE >> 1)) {
            seen.add(wheel.now());
            assertThat(wheel.number()).isEqualTo(wheel.now());
            if (expected.size() < 6000) {
                expected.add(add(random));
            }
            if (wheel.size() == 0) {
                break;
            }
        }

        expected.sort(Comparator.naturalOrder());
        assertThat(seen).isEqualTo(expected);
    }

    private long add(Random random) {
        var at = wheel.now()
                + (random.nextInt(10) == 0 ? random.nextInt(30_000_000) : random.nextInt(9000));
        wheel.add(at, 0, 0, 0, at, null);
        return at;
    }
}
