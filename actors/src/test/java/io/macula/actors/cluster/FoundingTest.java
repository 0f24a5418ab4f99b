package io.macula.actors.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.cluster.Founding.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoundingTest {

    private static final ClusterAddress A = at("a");
    private static final ClusterAddress B = at("b");
    private static final ClusterAddress C = at("c");
    private static final List<ClusterAddress> SEEDS = List.of(A, B, C);
    private static final Instant NOW = Instant.EPOCH;
    private static final Duration TICK = Duration.ofMillis(250);

    private static ClusterAddress at(String host) {
        return new ClusterAddress(host, 9444);
    }

    @Test
    void aNodeWithoutSeedsFoundsAtOnce() {
        var step = Founding.of(A, List.of(), List.of()).ticked(NOW);

        assertThat(step.effects()).containsExactly(new Effect.Found());
    }

    @Test
    void asksEverySeedButItself() {
        var step = Founding.of(B, SEEDS, List.of()).ticked(NOW);

        assertThat(step.effects()).containsExactly(new Effect.Ask(A), new Effect.Ask(C));
    }

    @Test
    void theFirstSeedFoundsAtOnceWhenAllAreHeard() {
        var founding = Founding.of(A, SEEDS, List.of()).heard(B, false, NOW).heard(C, false, NOW);

        assertThat(founding.ticked(NOW).effects()).contains(new Effect.Found());
    }

    @Test
    void theFirstOfAMajorityFoundsWhenNobodyElseCameForAWhile() {
        var step = Founding.of(B, SEEDS, List.of()).heard(C, false, NOW).ticked(NOW);
        assertThat(step.effects()).doesNotContain(new Effect.Found());

        var last = repeat(step.next(), C, NOW, Founding.SETTLE);

        assertThat(last.effects()).contains(new Effect.Found());
    }

    @Test
    void whoeverIsNotTheFirstOfThoseHeardWaits() {
        var step = Founding.of(B, SEEDS, List.of())
                .heard(A, false, NOW)
                .heard(C, false, NOW)
                .ticked(NOW);

        var last = repeat(step.next(), A, NOW, Founding.SETTLE.multipliedBy(3));

        assertThat(last.effects()).doesNotContain(new Effect.Found());
    }

    @Test
    void theWaitBeginsAgainWhenTheMajorityIsAnotherOne() {
        var four = List.of(A, B, C, at("d"));
        var step = Founding.of(A, four, List.of())
                .heard(B, false, NOW)
                .heard(C, false, NOW)
                .ticked(NOW);
        var later = NOW.plus(Founding.SETTLE);

        var other = step.next().heard(B, false, later).heard(at("d"), false, later).ticked(later);

        assertThat(other.effects()).doesNotContain(new Effect.Found());
    }

    @Test
    void aNodeAloneNeverFoundsHoweverLongItWaits() {
        var founding = Founding.of(A, SEEDS, List.of());

        assertThat(founding.ticked(NOW.plus(Duration.ofDays(1))).effects())
                .doesNotContain(new Effect.Found());
    }

    @Test
    void theOnlySeedFoundsNoSecondClusterWhileItsMembersAreOutOfReach() {
        var step = Founding.of(A, List.of(A), List.of(A, B, C)).ticked(NOW);

        assertThat(step.effects()).containsExactly(new Effect.Ask(B), new Effect.Ask(C));
    }

    @Test
    void aNodeThatIsNoSeedFoundsNothing() {
        var step = Founding.of(at("z"), SEEDS, List.of())
                .heard(A, false, NOW)
                .heard(B, false, NOW)
                .heard(C, false, NOW)
                .ticked(NOW);

        assertThat(step.effects()).doesNotContain(new Effect.Found());
    }

    @Test
    void joinsWhoeverIsAMember() {
        var step = Founding.of(A, SEEDS, List.of())
                .heard(B, false, NOW)
                .heard(C, true, NOW)
                .ticked(NOW);

        assertThat(step.effects()).contains(new Effect.Join(List.of(C)))
                .doesNotContain(new Effect.Found());
    }

    @Test
    void triesAJoinAgainOnlyWhenItTookTooLong() {
        var step = Founding.of(A, SEEDS, List.of()).heard(B, true, NOW).ticked(NOW);

        var soon = step.next().heard(B, true, NOW.plus(TICK)).ticked(NOW.plus(TICK));
        var late = NOW.plus(Founding.JOIN_AGAIN);
        var again = soon.next().heard(B, true, late).ticked(late);

        assertThat(soon.effects()).noneMatch(Effect.Join.class::isInstance);
        assertThat(again.effects()).contains(new Effect.Join(List.of(B)));
    }

    @Test
    void aWordThatIsOldCountsForNothing() {
        var later = NOW.plus(Founding.FRESH).plusMillis(1);
        var step = Founding.of(A, SEEDS, List.of())
                .heard(B, true, NOW)
                .heard(C, false, NOW)
                .ticked(later);

        assertThat(step.effects()).containsExactly(new Effect.Ask(B), new Effect.Ask(C));
    }

    @Test
    void remembersNoMoreThanItMay() {
        var founding = Founding.of(A, SEEDS, List.of());
        for (var number = 0; number < 2 * Founding.HEARD_MAX; number++) {
            founding = founding.heard(at("h" + number), false, NOW);
        }

        assertThat(founding.heard()).hasSize(Founding.HEARD_MAX);
    }

    /// Ticks for as long as `span`, hearing of one other node all the time.
    private static Founding.Step repeat(Founding founding, ClusterAddress other, Instant from,
            Duration span) {
        var step = new Founding.Step(founding, List.of());
        for (var at = from; !at.isAfter(from.plus(span)); at = at.plus(TICK)) {
            step = step.next().heard(other, false, at).ticked(at);
        }
        return step;
    }
}
