package io.macula.actors.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LookWheelTest {

    private static final long START = Long.MAX_VALUE - ms(5_000);

    private final LookWheel<String> wheel = new LookWheel<>(Duration.ofMillis(25), START);

    @Test
    void looksAtWhatIsDueAndAtNothingElse() {
        wheel.add("early", START + ms(100));
        wheel.add("late", START + ms(30_000));

        assertThat(lookedAt(100)).isEmpty();
        assertThat(lookedAt(125)).containsExactly("early");
        assertThat(lookedAt(29_999)).isEmpty();
        assertThat(lookedAt(30_025)).containsExactly("late");
        assertThat(lookedAt(90_000)).isEmpty();
    }

    @Test
    void looksAgainWhenItWasToldTo() {
        wheel.add("link", START);
        var looks = new ArrayList<Long>();

        for (var now = 0L; now <= 5_000; now += 100) {
            var at = START + ms(now);
            wheel.due(at, _ -> {
                looks.add((at - START) / 1_000_000);
                return OptionalLong.of(at + ms(1_000));
            });
        }

        assertThat(looks).containsExactly(100L, 1_200L, 2_300L, 3_400L, 4_500L);
    }

    @Test
    void looksEarlyAtWhatIsFartherThanItReaches() {
        wheel.add("far", START + ms(1_000_000));

        assertThat(lookedAt(60_000)).containsExactly("far");
    }

    @Test
    void everyoneIsLookedAtInTimeWhateverThePausesBetweenLooks() {
        for (var each = 0; each < 200; each++) {
            var seed = each;
            var random = new Random(seed);
            var round = new LookWheel<Integer>(Duration.ofMillis(25), 0);
            var due = new long[20];
            for (var i = 0; i < due.length; i++) {
                due[i] = ms(random.nextInt(30_000));
                round.add(i, due[i]);
            }
            var now = 0L;
            for (var looks = 0; looks < 500; looks++) {
                now += ms(random.nextInt(50) == 0 ? random.nextInt(120_000) : 100);
                var at = now;
                round.due(at, i -> {
                    assertThat(due[i]).as("seed %d", seed).isLessThanOrEqualTo(at);
                    due[i] = at + ms(random.nextInt(30_000));
                    return OptionalLong.of(due[i]);
                });
                assertThat(Arrays.stream(due).min().orElseThrow()).as("seed %d", seed)
                        .isGreaterThan(at - ms(25));
            }
        }
    }

    private List<String> lookedAt(long millis) {
        var looked = new ArrayList<String>();
        wheel.due(START + ms(millis), item -> {
            looked.add(item);
            return OptionalLong.empty();
        });
        return looked;
    }

    private static long ms(long millis) {
        return millis * 1_000_000;
    }
}
