package io.macula.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HybridClockTest {

    private static final HybridClock CLOCK = HybridClock.starting(Duration.ofMillis(500));

    @Test
    void followsTheWallClock() {
        assertThat(CLOCK.tick(1_000).last()).isEqualTo(Stamp.of(1_000, 0));
        assertThat(CLOCK.tick(1_000).tick(1_000).last()).isEqualTo(Stamp.of(1_000, 1));
        assertThat(CLOCK.tick(1_000).tick(1_001).last()).isEqualTo(Stamp.of(1_001, 0));
    }

    @Test
    void neverStepsBackWithTheWallClock() {
        var before = CLOCK.tick(1_000);

        assertThat(before.tick(10).last()).isGreaterThan(before.last());
    }

    @Test
    void runsOverIntoTheNextMillisecondWhenTheCounterIsFull() {
        var full = new HybridClock(Stamp.of(1_000, 0xFFFF), Duration.ofMillis(500));

        assertThat(full.tick(1_000).last()).isEqualTo(Stamp.of(1_001, 0));
    }

    @Test
    void passesTheStampsItHears() {
        var heard = CLOCK.tick(1_000).hear(Stamp.of(1_500, 7), 1_000);

        assertThat(heard).isInstanceOfSatisfying(HybridClock.Heard.Followed.class,
                followed -> assertThat(followed.clock().tick(1_000).last())
                        .isEqualTo(Stamp.of(1_500, 8)));
    }

    @Test
    void isNotDraggedAlongBeyondTheSkewBound() {
        var heard = CLOCK.hear(Stamp.of(1_501, 0), 1_000);

        assertThat(heard).isEqualTo(new HybridClock.Heard.TooFarAhead(Duration.ofMillis(501)));
    }

    @Test
    void refusesWhatIsNoStamp() {
        assertThatThrownBy(() -> Stamp.of(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Stamp.of(0, 0x10000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HybridClock.starting(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
