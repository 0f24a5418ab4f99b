package io.macula.actors.link;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Decides when a wanted peer is dialled again. Pure.
///
/// While an outage is young, a dial that is still pending does not hold up the next one: its first
/// packets may have been lost before the peer was there, and QUIC repeats them ever more rarely.
/// The first dial that comes through is kept, later ones are closed. Afterwards one dial at a time
/// with jittered, doubling pauses.
///
/// Every event answers with the next state and what to do; [Effect.WakeAt] replaces an earlier one.
///
/// @param pending
///            dials that have not come to an end, the oldest first
/// @param lastId
///            number of the last dial
public record Redial(Pace pace, State state, List<Long> pending, long lastId) {

    /// How fast peers are dialled again.
    ///
    /// @param pauseMin
    ///            shortest pause after a dial that failed
    /// @param pauseMax
    ///            longest one
    /// @param youngPauseMax
    ///            longest one while the outage is young
    /// @param young
    ///            age up to which an outage is young
    /// @param stagger
    ///            a new dial starts so long after the last one although that is pending, while the
    ///            outage is young
    /// @param pendingMax
    ///            most dials at once
    public record Pace(Duration pauseMin, Duration pauseMax, Duration youngPauseMax,
            Duration young, Duration stagger, int pendingMax) {

        public static final Pace DEFAULT = new Pace(Duration.ofMillis(200), Duration.ofSeconds(30),
                Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ofSeconds(1), 4);

        public Pace {
            if (pauseMin.isNegative() || pauseMin.isZero() || pauseMax.compareTo(pauseMin) < 0
                    || youngPauseMax.compareTo(pauseMin) < 0) {
                throw new IllegalArgumentException("redial: the pauses must be positive and the"
                        + " longest not shorter than the shortest");
            }
            if (young.isNegative() || stagger.isNegative() || stagger.isZero() || pendingMax < 1) {
                throw new IllegalArgumentException("redial: stagger and pendingMax must be"
                        + " positive");
            }
        }
    }

    /// Whether the peer is linked.
    public sealed interface State {
        record Up() implements State {}

        /// @param since
        ///            when the outage began
        /// @param failures
        ///            dials of this outage that failed
        /// @param nextAt
        ///            when the next dial may start
        record Down(Instant since, int failures, Instant nextAt) implements State {}
    }

    public sealed interface Effect {
        /// Dial now, and report what became of it under this number.
        record Dial(long id) implements Effect {}

        /// The link of this dial is the one to use.
        record Keep(long id) implements Effect {}

        /// The link of this dial came too late: close it.
        record Close(long id) implements Effect {}

        /// Call [Redial#woken] at this time.
        record WakeAt(Instant at) implements Effect {}
    }

    public record Step(Redial next, List<Effect> effects) {}

    public Redial {
        pending = List.copyOf(pending);
    }

    /// A peer that is wanted and not linked yet: dialled at once.
    public static Step wanted(Pace pace, Instant now) {
        return new Redial(pace, new State.Down(now, 0, now), List.of(), 0).woken(now);
    }

    /// The link in use is gone.
    ///
    /// @param random
    ///            from 0 (inclusive) to 1
    public Step lost(Instant now, double random) {
        if (state instanceof State.Down) {
            return step();
        }
        return with(new State.Down(now, 0, now.plus(jittered(pace.pauseMin(), random))))
                .woken(now);
    }

    /// The time of a [Effect.WakeAt] has come; earlier or later does no harm.
    public Step woken(Instant now) {
        if (!(state instanceof State.Down down)) {
            return step();
        }
        if (!mayDial(down, now)) {
            return step();
        }
        if (now.isBefore(down.nextAt())) {
            return step(new Effect.WakeAt(down.nextAt()));
        }
        var id = lastId + 1;
        var dialling = new ArrayList<>(pending);
        dialling.add(id);
        var nextAt = now.plus(pace.stagger());
        var next = new Redial(pace, new State.Down(down.since(), down.failures(), nextAt),
                dialling, id);
        return next.mayDial(down, now)
                ? next.step(new Effect.Dial(id), new Effect.WakeAt(nextAt))
                : next.step(new Effect.Dial(id));
    }

    /// A dial came through. The first one of an outage is kept.
    public Step linked(long id) {
        if (!pending.contains(id)) {
            return step();
        }
        var rest = without(id);
        return state instanceof State.Down
                ? rest.with(new State.Up()).step(new Effect.Keep(id))
                : rest.step(new Effect.Close(id));
    }

    /// A dial failed.
    public Step failed(long id, Instant now, double random) {
        if (!pending.contains(id)) {
            return step();
        }
        var rest = without(id);
        if (!(state instanceof State.Down down)) {
            return rest.step();
        }
        var longest = isYoung(down, now) ? pace.youngPauseMax() : pace.pauseMax();
        var pause = now.plus(pause(down.failures(), longest, random));
        var staggered = isYoung(down, now) && !rest.pending.isEmpty()
                && down.nextAt().isBefore(pause);
        return rest.with(new State.Down(down.since(), down.failures() + 1,
                staggered ? down.nextAt() : pause)).woken(now);
    }

    /// The peer refused us, or we it: only the longest pause makes sense before asking again.
    public Step refused(long id, Instant now, double random) {
        if (!pending.contains(id)) {
            return step();
        }
        var rest = without(id);
        if (!(state instanceof State.Down down)) {
            return rest.step();
        }
        var nextAt = now.plus(jittered(pace.pauseMax(), random));
        return rest.with(new State.Down(down.since(), down.failures() + 1, nextAt)).woken(now);
    }

    /// True while a link is in use.
    public boolean isUp() {
        return state instanceof State.Up;
    }

    private boolean mayDial(State.Down down, Instant now) {
        return pending.isEmpty() || isYoung(down, now) && pending.size() < pace.pendingMax();
    }

    private boolean isYoung(State.Down down, Instant now) {
        return now.isBefore(down.since().plus(pace.young()));
    }

    /// Between the shortest pause and its double per failure, at most `longest`.
    private Duration pause(int failures, Duration longest, double random) {
        var doubled = pace.pauseMin().multipliedBy(1L << Math.min(failures + 1, 20));
        var most = doubled.compareTo(longest) < 0 ? doubled : longest;
        var spread = most.minus(pace.pauseMin()).toNanos();
        return pace.pauseMin().plusNanos((long) (spread * random));
    }

    /// From half of `pause` to all of it.
    private static Duration jittered(Duration pause, double random) {
        return Duration.ofNanos((long) (pause.toNanos() * (0.5 + random / 2)));
    }

    private Redial without(long id) {
        return new Redial(pace, state, pending.stream().filter(other -> other != id).toList(),
                lastId);
    }

    private Redial with(State next) {
        return new Redial(pace, next, pending, lastId);
    }

    private Step step(Effect... effects) {
        return new Step(this, List.of(effects));
    }
}
