package io.macula.runtime.global;

import io.macula.app.coordination.Fence;
import io.macula.app.coordination.Leader;
import io.macula.app.coordination.LeadershipChange;
import io.macula.app.coordination.NoQuorum;
import io.macula.app.coordination.Refused;
import io.macula.app.coordination.SessionLost;
import io.macula.app.coordination.Standing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Whether one node runs a global service, and what it does about it. Pure: [#on] takes what has happened and says
/// what is to be done.
///
/// With fences it goes from opening (a session with the voters) to standing (a candidate), taking over, and serving; back to
/// standing when another leads, and to opening when the session has ended. Without fences it takes over when it is
/// told to. Of opening and taking over there is one at a time: of two sessions of a node one would follow the other,
/// and two that take over would both copy.
///
/// @param self the owner of this node's sessions
/// @param session the number of the one that is open; 0 for none
/// @param serving what the instance on this node stands on
/// @param isAdvised whether this node was told that it leads, without fences
record Tenure(String self, boolean hasFences, long session, Optional<Claim> serving,
        boolean isOpening, boolean isTakingOver, boolean isAdvised) {

    /// What a leader stands on.
    sealed interface Claim {

        /// @param session under which the fence was given
        record Fenced(long session, Fence fence) implements Claim {}

        record Advisory() implements Claim {}
    }

    /// What has happened.
    sealed interface Event {

        record Begun() implements Event {}

        /// A session is open; its number is greater than those before.
        record Opened(long session) implements Event {}

        /// No session was given. A sentence when the voters refuse, empty when they could not be asked.
        record NotOpened(Optional<String> refusal) implements Event {}

        /// The voters say how the election stands for this session; empty when the question failed.
        record Stood(long session, Optional<Standing> standing) implements Event {}

        /// News of the election, which may be old.
        record Told(LeadershipChange change) implements Event {}

        /// Whether this node leads a service without fences.
        record Advised(boolean leads) implements Event {}

        record SessionEnded(long session) implements Event {}

        record TookOver(Claim claim, TakeOver.Result result) implements Event {}

        /// The instance found that this claim is worth nothing any more.
        record Superseded(Claim claim) implements Event {}

        /// The pause that [Effect.Pause] wanted is over.
        record PauseOver() implements Event {}
    }

    /// What is to be done.
    sealed interface Effect {

        record Open() implements Effect {}

        /// Ask the voters how the election stands, and be a candidate from now on.
        record Stand(long session) implements Effect {}

        record TakeOver(Claim claim) implements Effect {}

        /// A while later comes [Event.PauseOver]; one that is under way begins anew.
        record Pause() implements Effect {}

        /// Somebody leads, as far as is known; empty for nobody.
        record Follow(Optional<String> owner) implements Effect {}

        record Serve(Claim claim) implements Effect {}

        record StepDown() implements Effect {}

        /// One sentence for those who look after the node.
        record Complain(String why) implements Effect {}
    }

    /// What comes of an event.
    record Step(Tenure next, List<Effect> effects) {

        Step {
            effects = List.copyOf(effects);
        }
    }

    static Tenure fenced(String self) {
        return new Tenure(self, true, 0, Optional.empty(), false, false, false);
    }

    static Tenure advisory(String self) {
        return new Tenure(self, false, 0, Optional.empty(), false, false, false);
    }

    Step on(Event event) {
        return switch (event) {
            case Event.Begun() -> hasFences ? open() : stay();
            case Event.Opened(var number) -> opened(number);
            case Event.NotOpened(var refusal) -> notOpened(refusal);
            case Event.Stood(var number, var standing) -> stood(number, standing);
            case Event.Told(var change) -> told(change);
            case Event.Advised(var leads) -> advised(leads);
            case Event.SessionEnded(var number) -> ended(number);
            case Event.TookOver(var claim, var result) -> tookOver(claim, result);
            case Event.Superseded(var claim) -> serving.equals(Optional.of(claim))
                    ? steppedDown(new Effect.Pause())
                    : stay();
            case Event.PauseOver() -> goOn();
        };
    }

    // --- the session

    private Step open() {
        return isOpening
                ? stay()
                : step(new Tenure(self, hasFences, session, serving, true, isTakingOver, isAdvised),
                        new Effect.Open());
    }

    private Tenure withSession(long number) {
        return new Tenure(self, hasFences, number, serving, false, isTakingOver, isAdvised);
    }

    private Step opened(long number) {
        return step(withSession(number), new Effect.Stand(number));
    }

    private Step notOpened(Optional<String> refusal) {
        var next = withSession(session);
        return refusal.isPresent()
                ? step(next,
                        new Effect.Complain("the voters refuse a session: " + refusal.get()),
                        new Effect.Pause())
                : step(next, new Effect.Pause());
    }

    private Step ended(long number) {
        return number == session && session != 0
                ? new Tenure(self, hasFences, 0, serving, isOpening, isTakingOver, isAdvised)
                        .steppedDown(new Effect.Pause())
                : stay();
    }

    // --- the election

    private Step goOn() {
        if (serving.isPresent()) {
            return stay();
        }
        if (!hasFences) {
            return isAdvised ? takeOver(new Claim.Advisory()) : stay();
        }
        return session == 0 ? open() : stay(new Effect.Stand(session));
    }

    private Step stood(long number, Optional<Standing> standing) {
        if (number != session || serving.isPresent()) {
            return stay();
        }
        return standing.isEmpty() ? stay(new Effect.Pause()) : switch (standing.get()) {
            case Standing.Leads(var fence) -> takeOver(new Claim.Fenced(number, fence));
            case Standing.Follows(var leader) -> stay(follow(leader));
            case Standing.Vacant(),NoQuorum(_) -> stay(new Effect.Pause());
            case SessionLost(_) -> ended(number);
            case Refused(var message) ->
                stay(new Effect.Complain("the voters refuse a candidacy: " + message),
                        new Effect.Pause());
        };
    }

    private static Effect follow(Leader leader) {
        return new Effect.Follow(Optional.of(leader.owner()));
    }

    /// News, not a decision: when it names this node, the voters are asked.
    private Step told(LeadershipChange change) {
        return switch (change) {
            case LeadershipChange.Led(_, var leader) -> {
                var isNewer = isOlderThan(leader.fence());
                var effects = new ArrayList<Effect>();
                effects.add(follow(leader));
                if (isNewer) {
                    effects.add(new Effect.StepDown());
                }
                if (session != 0 && leader.owner().equals(self)
                        && (isNewer || serving.isEmpty())) {
                    effects.add(new Effect.Stand(session));
                }
                yield new Step(isNewer ? without() : this, effects);
            }
            case LeadershipChange.Vacated _ -> stay(new Effect.Follow(Optional.empty()));
        };
    }

    private boolean isOlderThan(Fence fence) {
        return serving.filter(claim -> claim instanceof Claim.Fenced(_, var own)
                && fence.isNewerThan(own)).isPresent();
    }

    private Step advised(boolean leads) {
        var next = new Tenure(self, hasFences, session, serving, isOpening, isTakingOver, leads);
        if (!leads) {
            return next.steppedDown();
        }
        return serving.isPresent() ? step(next) : next.takeOver(new Claim.Advisory());
    }

    // --- taking over

    private Step takeOver(Claim claim) {
        return isTakingOver
                ? stay(new Effect.Pause())
                : step(new Tenure(self, hasFences, session, serving, isOpening, true, isAdvised),
                        new Effect.TakeOver(claim));
    }

    private Step tookOver(Claim claim, TakeOver.Result result) {
        var next = new Tenure(self, hasFences, session, serving, isOpening, false, isAdvised);
        if (!isCurrent(claim) || serving.isPresent()) {
            return step(next, new Effect.Pause());
        }
        return switch (result) {
            case TakeOver.Result.Begun() -> step(
                    new Tenure(self, hasFences, session, Optional.of(claim), isOpening, false,
                            isAdvised),
                    new Effect.Follow(Optional.of(self)), new Effect.Serve(claim));
            case TakeOver.Result.NotYet(var why) -> step(next,
                    new Effect.Complain("cannot take over yet: " + why), new Effect.Pause());
            case TakeOver.Result.Outdated() -> step(next,
                    new Effect.Complain("another leader has begun under a newer fence"),
                    new Effect.Pause());
        };
    }

    private boolean isCurrent(Claim claim) {
        return switch (claim) {
            case Claim.Fenced(var under, _) -> under == session;
            case Claim.Advisory() -> isAdvised;
        };
    }

    private Tenure without() {
        return new Tenure(self, hasFences, session, Optional.empty(), isOpening, isTakingOver,
                isAdvised);
    }

    private Step steppedDown(Effect... then) {
        var effects = new ArrayList<Effect>();
        if (serving.isPresent()) {
            effects.add(new Effect.StepDown());
        }
        effects.addAll(Arrays.asList(then));
        return new Step(without(), effects);
    }

    private Step stay(Effect... effects) {
        return step(this, effects);
    }

    private static Step step(Tenure next, Effect... effects) {
        return new Step(next, List.of(effects));
    }
}
