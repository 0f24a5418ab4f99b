package io.macula.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WindowTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void allowsAsManyRestartsAsTheLimitSaysAndNotOneMore() {
        var window = new Window(2, Duration.ofSeconds(5));

        assertThat(window.allows(0)).isTrue();
        assertThat(window.allows(1)).isTrue();
        assertThat(window.allows(2)).isFalse();
    }

    @Test
    void allowsNoRestartAtLimitZero() {
        assertThat(new Window(0, Duration.ofSeconds(1)).allows(7)).isFalse();
    }

    @Test
    void stillCountsARestartExactlyOnePeriodOld() {
        var window = new Window(1, Duration.ofSeconds(5));

        window.allows(0);

        assertThat(window.count(5 * SECOND)).isEqualTo(1);
        assertThat(window.count(5 * SECOND + 1)).isZero();
    }

    @Test
    void slidesInsteadOfStartingAgain() {
        var window = new Window(2, Duration.ofSeconds(5));
        window.allows(0);
        window.allows(4 * SECOND);

        assertThat(window.allows(6 * SECOND)).as("the first is forgotten").isTrue();
        assertThat(window.allows(7 * SECOND)).as("4, 6 and 7 are within one period").isFalse();
    }

    @Test
    void worksAcrossTheWrapOfTheClock() {
        var window = new Window(1, Duration.ofSeconds(1));

        window.allows(Long.MAX_VALUE);

        assertThat(window.count(Long.MIN_VALUE + 10)).isEqualTo(1);
        assertThat(window.count(Long.MIN_VALUE + 2 * SECOND)).isZero();
    }

    @Test
    void wholeSecondsMakeTheWindowUpToASecondLonger() {
        var now = new AtomicLong();
        var coarse = Ticker.wholeSeconds(now::get);
        var window = new Window(1, Duration.ofSeconds(1));
        window.allows(coarse.nanos());

        now.set(2 * SECOND - 1);

        assertThat(window.count(coarse.nanos())).isEqualTo(1);
        assertThat(window.count(now.get())).isZero();
    }

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithCountingByHand(long seed) {
        var random = new Random(seed);
        int limit = random.nextInt(6);
        long period = 1L + random.nextInt(20);
        var window = new Window(limit, Duration.ofNanos(period));
        var attempts = new ArrayList<Long>();
        long now = 0;

        for (int i = 0; i < 200; i++) {
            now += random.nextInt(6);
            attempts.add(now);
            long at = now;
            var within = attempts.stream().filter(time -> at - time <= period).count();

            assertThat(window.allows(now)).isEqualTo(within <= limit);
            assertThat(window.count(now)).isEqualTo((int) within);
        }
    }
}
