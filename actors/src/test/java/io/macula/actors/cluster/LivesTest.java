package io.macula.actors.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LivesTest {

    private static final Duration SHORT = Duration.ofSeconds(1);

    @Test
    void waitsEverLongerAfterShortLivesButNeverLongerThanTheMost() {
        var lives = Lives.NONE;
        var last = Duration.ZERO;
        for (var number = 0; number < 100; number++) {
            var again = lives.begin().ended(true, SHORT, 1);
            assertThat(again.pause()).isGreaterThanOrEqualTo(last)
                    .isLessThanOrEqualTo(Lives.PAUSE_MAX);
            last = again.pause();
            lives = again.next();
        }

        assertThat(last).isEqualTo(Lives.PAUSE_MAX);
        assertThat(lives).isEqualTo(new Lives(100, 100, 100));
    }

    @Test
    void aLongLifeIsFollowedByAShortPauseAgain() {
        var lives = new Lives(9, 9, 9);

        var again = lives.ended(true, Lives.LONG, 1);

        assertThat(again.pause()).isEqualTo(Lives.PAUSE_MIN);
        assertThat(again.next().shortLives()).isZero();
    }

    @Test
    void twoNodesDownedTogetherComeBackAtDifferentTimes() {
        var lives = new Lives(1, 0, 0);

        assertThat(lives.ended(true, SHORT, 0).pause())
                .isLessThan(lives.ended(true, SHORT, 1).pause());
    }

    @Test
    void aFailedStartIsNotCountedAsDowned() {
        assertThat(Lives.NONE.begin().ended(false, SHORT, 0).next()).isEqualTo(new Lives(1, 0, 1));
    }
}
