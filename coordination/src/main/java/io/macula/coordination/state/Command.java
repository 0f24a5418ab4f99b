package io.macula.coordination.state;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// An entry of the log.
public sealed interface Command {

    /// Time went by: sessions that were not heard of end.
    record Tick() implements Command {}

    /// Begins a session. Repeated, it changes nothing.
    record Open(SessionId session, String owner, Duration timeToLive) implements Command {}

    /// Who has a claim.
    record Observe(Claim claim) implements Command {}

    /// A request of a session. It also renews the session.
    ///
    /// @param sequence
    ///            from 1; a number names one request for ever
    /// @param open
    ///            numbers whose replies the session still wants, this one among them or not
    record Ask(SessionId session, long sequence, SortedSet<Long> open,
            Request request) implements Command {

        public Ask {
            open = Collections.unmodifiableSortedSet(new TreeSet<>(open));
        }
    }
}
