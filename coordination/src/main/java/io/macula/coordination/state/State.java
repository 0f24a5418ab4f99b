package io.macula.coordination.state;

import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Everything the voters agree on.
///
/// A step copies the tables it changes. They are small ([Limits]), and a step waits for a disk far longer
/// than a copy takes.
///
/// @param clock
///            how long the group has been at work, by the stamps its leaders put on entries; it never
///            goes back and has nothing to do with the time of day
/// @param counter
///            the last fence, generation or revision that was given out
public record State(Duration clock, long counter, SortedMap<SessionId, Session> sessions,
        SortedMap<Claim, Possession> claims, SortedMap<String, Gathering> barriers,
        Store store) {

    public static final State EMPTY = new State(Duration.ZERO, 0, new TreeMap<>(), new TreeMap<>(),
            new TreeMap<>(), Store.EMPTY);

    public State {
        sessions = Collections.unmodifiableSortedMap(sessions);
        claims = Collections.unmodifiableSortedMap(claims);
        barriers = Collections.unmodifiableSortedMap(barriers);
    }

    /// Takes one entry of the log. First the sessions end whose time is over.
    ///
    /// @param stamp
    ///            the leader's time; one that lies before [#clock()] counts as that
    public Step apply(Command command, Duration stamp) {
        var turn = new Turn(this, stamp.compareTo(clock) > 0 ? stamp : clock);
        turn.endOverdue();
        var reply = switch (command) {
            case Command.Tick() -> new Reply.Ticked();
            case Command.Open open -> turn.open(open);
            case Command.Observe(var claim) -> turn.observe(claim);
            case Command.Ask ask -> turn.ask(ask);
        };
        return new Step(turn.next(), reply);
    }

    /// Answers from this state, which may be old.
    public Reply look(Query query) {
        return switch (query) {
            case Query.HolderOf(var claim) -> new Turn(this, clock).observe(claim);
            case Query.ReplyTo(var id, var sequence) -> {
                var session = sessions.get(id);
                yield session == null
                        ? new Reply.NoSession()
                        : session.replies().getOrDefault(sequence, new Reply.Unknown());
            }
        };
    }

    /// When the next session ends unless it is heard of.
    public Optional<Duration> nextDeadline() {
        return sessions.values().stream().map(Session::deadline).min(Duration::compareTo);
    }
}
