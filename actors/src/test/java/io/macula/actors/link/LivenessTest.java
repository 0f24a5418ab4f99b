package io.macula.actors.link;

import static io.macula.actors.link.Liveness.Effect.RECOVERED;
import static io.macula.actors.link.Liveness.Effect.SEND_PING;
import static io.macula.actors.link.Liveness.Effect.SILENT;
import static io.macula.actors.link.Liveness.Effect.SUSPECT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LivenessTest {

    private static final Liveness FRESH = Liveness.every(Duration.ofSeconds(1));
    private static final Liveness DIALLED = Liveness.answering(Duration.ofSeconds(1));

    @Test
    void asksForNothingWhileBothSidesTalk() {
        var step = FRESH.look(ms(10_000), ms(9_900), ms(9_800));

        assertThat(step).isEqualTo(new Liveness.Step(FRESH, List.of()));
    }

    @Test
    void aLookAsksForNothingBeforeItIsDue() {
        for (var sent = 0; sent <= 3_000; sent += 100) {
            for (var heard = 0; heard <= 3_000; heard += 100) {
                var due = FRESH.dueNanos(ms(heard), ms(sent));

                assertThat(FRESH.look(due - 1, ms(heard), ms(sent)).effects()).isEmpty();
                assertThat(FRESH.look(due, ms(heard), ms(sent)).effects()).isNotEmpty();
                var later = DIALLED.dueNanos(ms(heard), ms(sent));
                assertThat(DIALLED.look(later - 1, ms(heard), ms(sent)).effects()).isEmpty();
                assertThat(DIALLED.look(later, ms(heard), ms(sent)).effects()).isNotEmpty();
            }
        }
    }

    @Test
    void aLinkInDoubtIsAlwaysDue() {
        var suspect = FRESH.look(ms(1_500), ms(0), ms(1_400)).next();

        assertThat(suspect.dueNanos(ms(1_600), ms(1_500))).isLessThanOrEqualTo(ms(1_600));
    }

    @Test
    void pingsAfterAnIntervalInWhichNothingWasSent() {
        assertThat(FRESH.look(ms(1_999), ms(1_900), ms(1_000)).effects()).isEmpty();
        assertThat(FRESH.look(ms(2_000), ms(1_900), ms(1_000)).effects())
                .containsExactly(SEND_PING);
    }

    @Test
    void theEndThatWasDialledWaitsSoThatItsAnswerIsAllItSends() {
        var pings = new ArrayList<String>();
        var diallerSent = 0L;
        var dialledSent = 0L;

        for (var now = ms(100); now <= ms(30_000); now += ms(100)) {
            if (DIALLED.look(now, diallerSent, dialledSent).effects().contains(SEND_PING)) {
                pings.add("dialled");
            }
            if (FRESH.look(now, dialledSent, diallerSent).effects().contains(SEND_PING)) {
                pings.add("dialler");
                diallerSent = now;
                dialledSent = now + ms(1);
            }
        }

        assertThat(pings).hasSize(30).containsOnly("dialler");
        assertThat(DIALLED.look(ms(1_125), ms(1_100), 0).effects())
                .as("a dialler that only talks is answered all the same")
                .containsExactly(SEND_PING);
    }

    @Test
    void suspectsAfterOneAndAHalfIntervalsAndAsksAtOnce() {
        assertThat(FRESH.look(ms(1_499), ms(0), ms(1_400)).effects()).isEmpty();

        var step = FRESH.look(ms(1_500), ms(0), ms(1_400));

        assertThat(step.effects()).containsExactly(SUSPECT, SEND_PING);
        assertThat(step.next().suspect()).isTrue();
        assertThat(step.next().look(ms(1_600), ms(0), ms(1_500)).effects()).isEmpty();
    }

    @Test
    void takesTheSuspicionBackWhenThePeerIsHeard() {
        var suspect = FRESH.look(ms(1_500), ms(0), ms(1_400)).next();

        var step = suspect.look(ms(1_700), ms(1_650), ms(1_500));

        assertThat(step).isEqualTo(new Liveness.Step(FRESH, List.of(RECOVERED)));
    }

    @Test
    void givesUpAfterThreeIntervals() {
        var suspect = FRESH.look(ms(1_500), ms(0), ms(1_400)).next();

        assertThat(suspect.look(ms(2_999), ms(0), ms(2_900)).effects()).isEmpty();
        assertThat(suspect.look(ms(3_000), ms(0), ms(2_900)).effects()).containsExactly(SILENT);
    }

    @ParameterizedTest(name = "starting at {0} ns")
    @ValueSource(longs = {0, -5_000_000_000L, Long.MAX_VALUE - 1_000_000_000L})
    void doesNotMindWhereTheClockOfNanosecondsStands(long start) {
        var effects = new ArrayList<Liveness.Effect>();
        var state = FRESH;
        for (var now = 0; now <= 3_000; now += 100) {
            var step = state.look(start + ms(now), start, start + ms(now));
            state = step.next();
            effects.addAll(step.effects());
        }

        assertThat(effects).containsExactly(SUSPECT, SEND_PING, SILENT);
    }

    @Test
    void forgivesASilenceInWhichThisProcessItselfStoodStill() {
        var watch = Liveness.Watch.startingAt(ms(0)).at(ms(100), Duration.ofSeconds(1));
        assertThat(watch.heard(ms(50))).isEqualTo(ms(50));

        watch = watch.at(ms(10_100), Duration.ofSeconds(1));

        assertThat(watch.heard(ms(50))).isEqualTo(ms(10_100));
        assertThat(FRESH.look(ms(10_100), watch.heard(ms(50)), ms(10_000)).effects()).isEmpty();
        assertThat(watch.at(ms(10_200), Duration.ofSeconds(1)).heard(ms(10_150)))
                .isEqualTo(ms(10_150));
    }

    private static long ms(long millis) {
        return millis * 1_000_000;
    }
}
