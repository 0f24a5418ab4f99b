package io.macula.crdt.replicator;

import io.macula.crdt.Bytes;
import io.macula.crdt.Edit;
import java.util.List;
import java.util.Set;

/// What happens to a replicator. A peer is named by the node part of its [ReplicaId].
public sealed interface Event {

    /// Change the state; the edits become visible together. Answered by [Effect.Reply] with the
    /// same ticket.
    record Update(long ticket, List<Edit> edits) implements Event {
        public Update {
            edits = List.copyOf(edits);
        }
    }

    /// Changes that waited together, made in this order. Each is answered for itself; the disk sees one
    /// write.
    record Updates(List<Update> updates) implements Event {
        public Updates {
            updates = List.copyOf(updates);
        }
    }

    /// A frame arrived from an authenticated peer.
    record FrameArrived(long peer, Bytes frame) implements Event {}

    /// These are the peers now, ourselves left out. Also the members that must have seen a change
    /// before it leaves the log.
    record PeersAre(Set<Long> peers) implements Event {
        public PeersAre {
            peers = Set.copyOf(peers);
        }
    }

    /// The time [Replicator#wakeAtMillis()] told has come. Coming early does no harm.
    record Woke() implements Event {}

    /// Somebody waits until others have what was changed: what waits for the next push is pushed now.
    record Hurried() implements Event {}

    /// The [Effect.Persist] with this number, and all before it, are safely on disk.
    record Persisted(long number) implements Event {}

    /// This node goes, perhaps for good: the others get what waits, and keep nothing at hand for it any
    /// more. From here on until a restart it says nothing unasked.
    record Leaving() implements Event {}

    /// The last event before an orderly stop: gives back the dots that were reserved and not used.
    record Stopping() implements Event {}
}
