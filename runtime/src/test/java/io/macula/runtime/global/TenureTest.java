package io.macula.runtime.global;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.app.coordination.Fence;
import io.macula.app.coordination.Leader;
import io.macula.app.coordination.LeadershipChange;
import io.macula.app.coordination.NoQuorum;
import io.macula.app.coordination.Refused;
import io.macula.app.coordination.SessionLost;
import io.macula.app.coordination.Standing;
import io.macula.runtime.global.Tenure.Claim;
import io.macula.runtime.global.Tenure.Effect;
import io.macula.runtime.global.Tenure.Event;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TenureTest {

    private static final String SELF = "me";
    private static final Claim FIRST = new Claim.Fenced(1, new Fence(5));

    private Tenure tenure = Tenure.fenced(SELF);

    private List<Effect> on(Event event) {
        var step = tenure.on(event);
        tenure = step.next();
        return step.effects();
    }

    private List<Effect> stands(Standing standing) {
        return on(new Event.Stood(1, Optional.of(standing)));
    }

    private void serves() {
        on(new Event.Begun());
        on(new Event.Opened(1));
        stands(new Standing.Leads(new Fence(5)));
        on(new Event.TookOver(FIRST, new TakeOver.Result.Begun()));
    }

    private static Event led(String owner, long fence) {
        return new Event.Told(
                new LeadershipChange.Led("e", new Leader(owner, new Fence(fence))));
    }

    @Test
    void opensASessionStandsTakesOverAndServes() {
        assertThat(on(new Event.Begun())).containsExactly(new Effect.Open());
        assertThat(on(new Event.Opened(1))).containsExactly(new Effect.Stand(1));
        assertThat(stands(new Standing.Leads(new Fence(5))))
                .containsExactly(new Effect.TakeOver(FIRST));
        assertThat(on(new Event.TookOver(FIRST, new TakeOver.Result.Begun())))
                .containsExactly(new Effect.Follow(Optional.of(SELF)), new Effect.Serve(FIRST));
        assertThat(tenure.serving()).contains(FIRST);
    }

    @Test
    void whoFollowsWaitsForNewsAndAsksTheVotersWhenItIsNamed() {
        on(new Event.Begun());
        on(new Event.Opened(1));
        assertThat(stands(new Standing.Follows(new Leader("other", new Fence(4)))))
                .containsExactly(new Effect.Follow(Optional.of("other")));
        assertThat(on(led(SELF, 5))).containsExactly(new Effect.Follow(Optional.of(SELF)),
                new Effect.Stand(1));
    }

    @Test
    void aNewerFenceOfAnotherEndsTheServiceHereAndAnOlderOneIsOldNews() {
        serves();
        assertThat(on(led("other", 4))).containsExactly(
                new Effect.Follow(Optional.of("other")));
        assertThat(tenure.serving()).isPresent();
        assertThat(on(led("other", 6))).containsExactly(
                new Effect.Follow(Optional.of("other")), new Effect.StepDown());
        assertThat(tenure.serving()).isEmpty();
    }

    @Test
    void aNewerFenceOfItsOwnIsTakenUp() {
        serves();
        assertThat(on(led(SELF, 6))).containsExactly(new Effect.Follow(Optional.of(SELF)),
                new Effect.StepDown(), new Effect.Stand(1));
    }

    @Test
    void theEndOfItsSessionEndsTheServiceAndAnotherSessionIsOpened() {
        serves();
        assertThat(on(new Event.SessionEnded(1))).containsExactly(new Effect.StepDown(),
                new Effect.Pause());
        assertThat(on(new Event.PauseOver())).containsExactly(new Effect.Open());
        assertThat(on(new Event.PauseOver())).as("one at a time").isEmpty();
    }

    @Test
    void theEndOfAnEarlierSessionIsNothingToTheNextOne() {
        serves();
        on(new Event.SessionEnded(1));
        on(new Event.PauseOver());
        on(new Event.Opened(2));
        assertThat(on(new Event.SessionEnded(1))).isEmpty();
        assertThat(on(new Event.Stood(1, Optional.of(new Standing.Leads(new Fence(5))))))
                .as("an answer to the earlier one")
                .isEmpty();
        assertThat(tenure.session()).isEqualTo(2);
    }

    @Test
    void whatWasTakenOverUnderAnEarlierSessionIsNotServed() {
        on(new Event.Begun());
        on(new Event.Opened(1));
        stands(new Standing.Leads(new Fence(5)));
        on(new Event.SessionEnded(1));
        assertThat(on(new Event.TookOver(FIRST, new TakeOver.Result.Begun())))
                .containsExactly(new Effect.Pause());
        assertThat(tenure.serving()).isEmpty();
    }

    @Test
    void takesOverOneAtATime() {
        on(new Event.Begun());
        on(new Event.Opened(1));
        stands(new Standing.Leads(new Fence(5)));
        assertThat(stands(new Standing.Leads(new Fence(6))))
                .containsExactly(new Effect.Pause());
    }

    @Test
    void everyAnswerThatIsNoneIsAskedAgain() {
        on(new Event.Begun());
        assertThat(on(new Event.NotOpened(Optional.empty()))).containsExactly(
                new Effect.Pause());
        on(new Event.PauseOver());
        assertThat(on(new Event.NotOpened(Optional.of("too many")))).containsExactly(
                new Effect.Complain("the voters refuse a session: too many"),
                new Effect.Pause());
        on(new Event.PauseOver());
        on(new Event.Opened(1));
        assertThat(on(new Event.Stood(1, Optional.empty()))).containsExactly(new Effect.Pause());
        assertThat(stands(new NoQuorum("nobody"))).containsExactly(new Effect.Pause());
        assertThat(stands(new Standing.Vacant())).containsExactly(new Effect.Pause());
        assertThat(stands(new Refused("no"))).containsExactly(
                new Effect.Complain("the voters refuse a candidacy: no"), new Effect.Pause());
        assertThat(on(new Event.PauseOver())).containsExactly(new Effect.Stand(1));
        assertThat(stands(new SessionLost("gone"))).containsExactly(new Effect.Pause());
        assertThat(on(new Event.PauseOver())).containsExactly(new Effect.Open());
    }

    @Test
    void aTakeOverThatCameToNothingIsSaidAndTriedAgain() {
        on(new Event.Begun());
        on(new Event.Opened(1));
        stands(new Standing.Leads(new Fence(5)));
        assertThat(on(new Event.TookOver(FIRST, new TakeOver.Result.NotYet("busy"))))
                .containsExactly(new Effect.Complain("cannot take over yet: busy"),
                        new Effect.Pause());
        assertThat(on(new Event.PauseOver())).containsExactly(new Effect.Stand(1));
    }

    @Test
    void anInstanceThatIsSupersededStepsDownOnce() {
        serves();
        assertThat(on(new Event.Superseded(FIRST))).containsExactly(new Effect.StepDown(),
                new Effect.Pause());
        assertThat(on(new Event.Superseded(FIRST))).isEmpty();
    }

    @Test
    void withoutFencesItServesWhileItIsToldTo() {
        tenure = Tenure.advisory(SELF);
        var claim = new Claim.Advisory();
        assertThat(on(new Event.Begun())).isEmpty();
        assertThat(on(new Event.Advised(true))).containsExactly(new Effect.TakeOver(claim));
        assertThat(on(new Event.TookOver(claim, new TakeOver.Result.Begun())))
                .contains(new Effect.Serve(claim));
        assertThat(on(new Event.Advised(true))).isEmpty();
        assertThat(on(new Event.Advised(false))).containsExactly(new Effect.StepDown());
        assertThat(on(new Event.PauseOver())).isEmpty();
    }
}
