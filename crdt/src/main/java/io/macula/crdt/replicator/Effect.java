package io.macula.crdt.replicator;

import io.macula.crdt.Bytes;
import io.macula.crdt.Difference;
import java.util.List;

/// What the shell has to do, in this order.
public sealed interface Effect {

    /// May be lost, doubled or late; the frames of one peer should keep their order.
    record Send(long peer, Bytes frame) implements Effect {}

    /// Write all of it or nothing, after all earlier ones. When `write` says `now`, make it durable
    /// at once and tell [Event.Persisted]; otherwise within the flush interval, and tell then.
    record Persist(Durable.Write write) implements Effect {}

    /// Tell the local subscribers.
    record Notify(List<Difference> differences) implements Effect {
        public Notify {
            differences = List.copyOf(differences);
        }
    }

    /// Answer the update with this ticket.
    record Reply(long ticket, Updated outcome) implements Effect {}

    /// Count it, and log it where it says something is wrong.
    record Noticed(Notice notice) implements Effect {}
}
