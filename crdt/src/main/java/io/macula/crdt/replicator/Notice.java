package io.macula.crdt.replicator;

import io.macula.crdt.ReplicaId;
import java.time.Duration;
import java.util.List;

/// Something worth counting or logging.
public sealed interface Notice {

    /// Bytes that are no frame.
    record Malformed(long peer, String reason) implements Notice {}

    /// A frame of another Cluster, or whose sender is not the peer it came from.
    record Misaddressed(long peer) implements Notice {}

    /// A change whose stamp lies too far ahead. It was applied, our clock did not follow.
    record Skewed(ReplicaId replica, Duration by) implements Notice {}

    /// Frames that the peer's budget left no room for; it will ask for them.
    record Deferred(long peer, int frames) implements Notice {}

    /// A comparison was finished; how many entries it brought and took.
    record Compared(long peer, int added, int removed) implements Notice {}

    /// A peer did not answer a comparison.
    record ComparisonAbandoned(long peer) implements Notice {}

    /// A peer asked for changes that are no longer in the log.
    record LogMissed(long peer, long dots) implements Notice {}

    /// We write as a new replica from here on, because `before` was retired or was not ours alone.
    record EpochTaken(ReplicaId before, ReplicaId now) implements Notice {}

    /// A node was away for too long; should it come back, it writes as a new replica.
    record Retired(long node, List<ReplicaId> replicas) implements Notice {
        public Retired {
            replicas = List.copyOf(replicas);
        }
    }
}
