package io.macula.actors.state;

import io.macula.crdt.replicator.ReplicatorConfig;
import java.time.Duration;

/// How a node takes part in the shared state.
///
/// @param replicator what the core goes by; its cluster names the nodes that share one state
/// @param absence how long a change is kept for a peer that cannot be reached; one that is away for
///     longer is compared with when it comes back
/// @param flush how long a change may wait until it is safe on disk, unless the replicator is `sync`
/// @param updatesMax updates that wait; the next one is told to come again
/// @param framesMax frames of other nodes that wait; the next one is dropped, and asked for later
/// @param watchesMax subscriptions at once
public record StateConfig(ReplicatorConfig replicator, Duration absence, Duration flush,
        int updatesMax, int framesMax, int watchesMax) {

    /// What `reference.conf` says.
    public static final StateConfig DEFAULT = new StateConfig(ReplicatorConfig.DEFAULT,
            Duration.ofSeconds(60), Duration.ofMillis(200), 10_000, 1_000, 10_000);

    public StateConfig {
        if (absence.isNegative() || !flush.isPositive() || updatesMax < 1 || framesMax < 1
                || watchesMax < 1) {
            throw new IllegalArgumentException("times and sizes of shared state are positive");
        }
    }

    public long cluster() {
        return replicator.cluster();
    }

    public StateConfig withReplicator(ReplicatorConfig newReplicator) {
        return new StateConfig(newReplicator, absence, flush, updatesMax, framesMax, watchesMax);
    }

    public StateConfig withAbsence(Duration newAbsence) {
        return new StateConfig(replicator, newAbsence, flush, updatesMax, framesMax, watchesMax);
    }
}
