package io.macula.supervision.testkit;

import static io.macula.supervision.testkit.When.always;
import static io.macula.supervision.testkit.When.every;
import static io.macula.supervision.testkit.When.nth;
import static io.macula.supervision.testkit.When.oneIn;
import static io.macula.supervision.testkit.When.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

    private static final RuntimeException CAUSE = new IllegalStateException("planned");

    private final SplittableRandom random = new SplittableRandom(1);
    private FaultPlan plan = FaultPlan.NONE;

    private void planned(When when, Fault fault) {
        plan = plan.with(Rule.of(Rule.Moment.MESSAGE, when, fault));
    }

    private List<Effect> on(Happening happening) {
        var step = plan.on(happening, random);
        plan = step.next();
        return step.effects();
    }

    private List<Effect> told(Object... messages) {
        var effects = new ArrayList<Effect>();
        for (var message : messages) {
            effects.addAll(on(new Happening.Receives(message)));
        }
        return effects;
    }

    private static Effect give(Object message) {
        return new Effect.Give(message);
    }

    private static Effect last(Object message) {
        return new Effect.GiveLast(message);
    }

    @Test
    void withoutAPlanEverythingPasses() {
        assertThat(told("a", "b")).containsExactly(give("a"), give("b"));
        assertThat(on(new Happening.Starts())).isEmpty();
        assertThat(on(new Happening.Stops())).isEmpty();
    }

    @Test
    void anNthHitsOnce() {
        planned(nth(2), new Fault.Crash(CAUSE));

        assertThat(told("a", "b", "c", "d")).containsExactly(give("a"), new Effect.Fail(CAUSE),
                give("c"), give("d"));
    }

    @Test
    void timesHitsTheFirstOnes() {
        planned(times(2), new Fault.Drop());

        assertThat(told("a", "b", "c")).containsExactly(give("c"));
    }

    @Test
    void everyHitsEachNth() {
        planned(every(2), new Fault.Drop());

        assertThat(told(1, 2, 3, 4, 5)).containsExactly(give(1), give(3), give(5));
    }

    @Test
    void oneInOneHitsAlways() {
        planned(oneIn(1), new Fault.Drop());

        assertThat(told("a", "b")).isEmpty();
    }

    @Test
    void onlyMessagesOfTheTypeAreCounted() {
        planned(nth(2).of(String.class), new Fault.Crash(CAUSE));

        assertThat(told("a", 1, 2, "b", "c")).containsExactly(give("a"), give(1), give(2),
                new Effect.Fail(CAUSE), give("c"));
    }

    @Test
    void aLaterRuleCountsWhatAnEarlierOneTook() {
        planned(nth(1), new Fault.Drop());
        planned(nth(2), new Fault.Crash(CAUSE));

        assertThat(told("a", "b", "c")).containsExactly(new Effect.Fail(CAUSE), give("c"));
    }

    @Test
    void aDelayedMessageComesLaterAndIsNotGivenNow() {
        planned(always(), new Fault.Delay(Duration.ofMillis(5)));

        assertThat(told("a")).containsExactly(new Effect.GiveLater("a", Duration.ofMillis(5)));
    }

    @Test
    void heldMessagesComeInTheirOrderOnceReleased() {
        planned(always(), new Fault.Hold());
        assertThat(told("a", "b")).isEmpty();

        var step = plan.release();
        plan = step.next();

        assertThat(step.effects()).containsExactly(last("a"), last("b"));
        assertThat(told("c")).containsExactly(give("c"));
        assertThat(plan.release().effects()).isEmpty();
    }

    @Test
    void anOvertakenMessageFollowsTheNext() {
        planned(nth(1), new Fault.Reorder());

        assertThat(told("a", "b", "c")).containsExactly(give("b"), last("a"), give("c"));
    }

    @Test
    void anOvertakenMessageThatNoneFollowsWaitsForItsRelease() {
        planned(always(), new Fault.Reorder());

        assertThat(told("a")).isEmpty();
        assertThat(plan.release().effects()).containsExactly(last("a"));
    }

    @Test
    void aMessageThatMakesTheChildHangIsHandledAfterwards() {
        planned(nth(1), new Fault.Hang(true));

        assertThat(told("a")).containsExactly(new Effect.Hang(true), give("a"));
    }

    @Test
    void startsAndStopsAreCountedApart() {
        plan = plan.with(Rule.of(Rule.Moment.START, nth(2), new Fault.Crash(CAUSE)))
                .with(Rule.of(Rule.Moment.STOP, nth(1), new Fault.Hang(false)));

        assertThat(told("a")).containsExactly(give("a"));
        assertThat(on(new Happening.Starts())).isEmpty();
        assertThat(on(new Happening.Stops())).containsExactly(new Effect.Hang(false));
        assertThat(on(new Happening.Starts())).containsExactly(new Effect.Fail(CAUSE));
    }

    @Test
    void healingForgetsEveryRuleAndLosesNothing() {
        planned(always(), new Fault.Hold());
        told("a");

        var step = plan.heal();

        assertThat(step.effects()).containsExactly(last("a"));
        assertThat(step.next()).isEqualTo(FaultPlan.NONE);
    }

    @Test
    void aStartCannotBeLostLikeAMessage() {
        plan = plan.with(Rule.of(Rule.Moment.START, always(), new Fault.Drop()));

        assertThatIllegalArgumentException().isThrownBy(() -> on(new Happening.Starts()))
                .withMessageContaining("a start or stop is no message");
    }

    @Test
    void countingBeginsAtOne() {
        assertThatIllegalArgumentException().isThrownBy(() -> nth(0))
                .withMessage("a fault counts from 1, not from 0");
        assertThatIllegalArgumentException().isThrownBy(() -> oneIn(-1));
    }
}
