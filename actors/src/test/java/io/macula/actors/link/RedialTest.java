package io.macula.actors.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macula.actors.link.Redial.Effect.Close;
import io.macula.actors.link.Redial.Effect.Dial;
import io.macula.actors.link.Redial.Effect.Keep;
import io.macula.actors.link.Redial.Effect.WakeAt;
import io.macula.actors.link.Redial.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RedialTest {

    private static final Instant START = Instant.EPOCH;

    @Test
    void dialsAWantedPeerAtOnceAndAgainASecondLaterAlthoughThatIsPending() {
        var first = Redial.wanted(Pace.DEFAULT, START);
        var early = first.next().woken(at(500));
        var second = early.next().woken(at(1_000));

        assertThat(first.effects()).containsExactly(new Dial(1), new WakeAt(at(1_000)));
        assertThat(early.effects()).containsExactly(new WakeAt(at(1_000)));
        assertThat(second.effects()).containsExactly(new Dial(2), new WakeAt(at(2_000)));
    }

    @Test
    void hasAtMostFourDialsPendingAndGoesOnWhenOneFails() {
        var redial = Redial.wanted(Pace.DEFAULT, START).next();
        for (var second = 1; second <= 2; second++) {
            redial = redial.woken(at(second * 1_000)).next();
        }
        var fourth = redial.woken(at(3_000));
        assertThat(fourth.effects()).containsExactly(new Dial(4));
        assertThat(fourth.next().woken(at(4_000)).effects()).isEmpty();

        var afterFailure = fourth.next().failed(1, at(5_000), 0);

        assertThat(afterFailure.effects()).containsExactly(new Dial(5));
    }

    @Test
    void keepsTheFirstSuccessAndClosesLaterOnes() {
        var two = Redial.wanted(Pace.DEFAULT, START).next().woken(at(1_000)).next();

        var kept = two.linked(2);
        var late = kept.next().linked(1);

        assertThat(kept.effects()).containsExactly(new Keep(2));
        assertThat(kept.next().isUp()).isTrue();
        assertThat(late.effects()).containsExactly(new Close(1));
        assertThat(late.next().pending()).isEmpty();
    }

    @Test
    void dialsSoonAfterALossButNotAtTheSameMomentAsEverybodyElse() {
        var up = Redial.wanted(Pace.DEFAULT, START).next().linked(1).next();

        assertThat(up.lost(at(10_000), 0).effects()).containsExactly(new WakeAt(at(10_100)));
        assertThat(up.lost(at(10_000), 0.5).effects()).containsExactly(new WakeAt(at(10_150)));
        assertThat(up.lost(at(10_000), 0).next().woken(at(10_100)).effects())
                .containsExactly(new Dial(2), new WakeAt(at(11_100)));
    }

    @Test
    void usesADialThatWasPendingBeforeTheLoss() {
        var up = Redial.wanted(Pace.DEFAULT, START)
                .next()
                .woken(at(1_000))
                .next()
                .linked(2)
                .next();

        var down = up.lost(at(2_000), 0).next();

        assertThat(down.linked(1).effects()).containsExactly(new Keep(1));
    }

    @Test
    void pausesAtMostASecondWhileTheOutageIsYoung() {
        var redial = Redial.wanted(Pace.DEFAULT, START).next();
        var now = START;
        for (var id = 1; id <= 10; id++) {
            var step = redial.failed(id, now, 0.999_999);
            var wake = (WakeAt) step.effects().getFirst();
            assertThat(Duration.between(now, wake.at())).isBetween(Duration.ofMillis(200),
                    Duration.ofSeconds(1));
            now = wake.at();
            redial = step.next().woken(now).next();
        }
        assertThat(redial.lastId()).isEqualTo(11);
    }

    @Test
    void dialsOneAtATimeWithPausesUpToThirtySecondsWhenTheOutageIsOld() {
        var redial = Redial.wanted(Pace.DEFAULT, START).next();
        var now = at(20_000);
        var longest = Duration.ZERO;
        for (var id = 1; id <= 20; id++) {
            assertThat(redial.woken(now).effects()).as("no second dial").isEmpty();
            var step = redial.failed(id, now, 0.999_999);
            var wake = (WakeAt) step.effects().getFirst();
            longest = max(longest, Duration.between(now, wake.at()));
            now = wake.at();
            var dialled = step.next().woken(now);
            assertThat(dialled.effects()).containsExactly(new Dial(id + 1));
            redial = dialled.next();
        }
        assertThat(longest).isBetween(Duration.ofSeconds(29), Duration.ofSeconds(30));
    }

    @Test
    void waitsForTheLastPendingDialWhenTheOutageGrewOld() {
        var two = Redial.wanted(Pace.DEFAULT, START).next().woken(at(14_000)).next();

        assertThat(two.woken(at(15_000)).effects()).isEmpty();
        var one = two.failed(1, at(15_500), 0);
        assertThat(one.effects()).isEmpty();
        assertThat(one.next().failed(2, at(19_000), 0).effects())
                .containsExactly(new WakeAt(at(19_200)));
    }

    @Test
    void asksAPeerThatRefusedOnlyAfterTheLongestPause() {
        var redial = Redial.wanted(Pace.DEFAULT, START).next();

        assertThat(redial.refused(1, at(100), 0).effects())
                .containsExactly(new WakeAt(at(15_100)));
        assertThat(redial.refused(1, at(100), 0.5).effects())
                .containsExactly(new WakeAt(at(22_600)));
    }

    @Test
    void ignoresWhatItDidNotAskFor() {
        var up = Redial.wanted(Pace.DEFAULT, START).next().linked(1).next();

        assertThat(up.linked(7).effects()).isEmpty();
        assertThat(up.failed(7, at(1), 0).effects()).isEmpty();
        assertThat(up.refused(7, at(1), 0).effects()).isEmpty();
        assertThat(up.woken(at(1)).effects()).isEmpty();
        assertThat(up.lost(at(1), 0).next().lost(at(2), 0).effects()).isEmpty();
    }

    @Test
    void takesNoPaceThatCannotWork() {
        var second = Duration.ofSeconds(1);

        assertThatThrownBy(() -> new Pace(Duration.ZERO, second, second, second, second, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pace(second, Duration.ofMillis(1), second, second, second, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pace(second, second, second, second, second, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    /// Plays an outage: a dial's first packets arrive at 0, 1 and 3 s of its life (RFC 9002, 6.2),
    /// some are lost, the peer comes back at some moment, a dial ends after 5 s.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void reachesAPeerThatComesBackWithinTwoSecondsAlthoughFirstPacketsAreLost(long seed) {
        var random = new Random(seed);
        var readyAt = at(random.nextInt(9_000));
        var outage = new Outage(Redial.wanted(Pace.DEFAULT, START).next().linked(1).next(),
                readyAt, random);

        var linkedAt = outage.play();

        assertThat(Duration.between(readyAt, linkedAt)).isLessThanOrEqualTo(
                Duration.ofMillis(2_100));
        assertThat(outage.pendingMost).isLessThanOrEqualTo(4);
    }

    /// One outage in virtual time.
    private static final class Outage {

        private final TreeMap<Instant, List<Runnable>> agenda = new TreeMap<>();
        private final Instant readyAt;
        private final Random random;
        private Redial redial;
        private Instant now = START;
        private Instant linkedAt = Instant.MAX;
        private boolean lostOnce;
        private int pendingMost;

        private Outage(Redial up, Instant readyAt, Random random) {
            this.redial = up;
            this.readyAt = readyAt;
            this.random = random;
        }

        private Instant play() {
            take(redial.lost(now, random.nextDouble()));
            while (linkedAt.equals(Instant.MAX)) {
                var next = agenda.pollFirstEntry();
                now = next.getKey();
                next.getValue().forEach(Runnable::run);
            }
            return linkedAt;
        }

        private void take(Redial.Step step) {
            redial = step.next();
            pendingMost = Math.max(pendingMost, redial.pending().size());
            for (var effect : step.effects()) {
                switch (effect) {
                    case Dial(var id) -> dial(id);
                    case WakeAt(var at) -> later(at, () -> take(redial.woken(now)));
                    case Keep _ -> linkedAt = now;
                    case Close _ -> {
                    }
                }
            }
        }

        private void dial(long id) {
            for (var seconds : new int[]{0, 1, 3}) {
                later(now.plusSeconds(seconds), () -> arrive(id));
            }
            later(now.plusSeconds(5),
                    () -> take(redial.failed(id, now, random.nextDouble())));
        }

        /// The first packet that could have come through is lost.
        private void arrive(long id) {
            if (now.isBefore(readyAt)) {
                return;
            }
            if (!lostOnce) {
                lostOnce = true;
                return;
            }
            take(redial.linked(id));
        }

        private void later(Instant at, Runnable task) {
            agenda.computeIfAbsent(at, _ -> new ArrayList<>()).add(task);
        }
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Instant at(long millis) {
        return START.plusMillis(millis);
    }
}
