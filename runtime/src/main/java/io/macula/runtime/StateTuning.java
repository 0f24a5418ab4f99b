package io.macula.runtime;

import java.time.Duration;

/// How a node takes part in shared state, each with its key in `reference.conf`.
///
/// @param cluster
///            names the nodes of a realm that share one state
/// @param flush
///            how long a change may wait until it is safe on disk, when not `sync`
/// @param absence
///            how long changes are kept at hand for a node that cannot be reached
/// @param retireAfter
///            how long a node may be away and keep its place
/// @param entriesMax
///            elements, fields and counts a node takes from its own workloads
public record StateTuning(boolean enabled, String cluster, Durability durability, Duration flush,
        Duration absence, Duration retireAfter, int entriesMax) {

    /// When a change counts as made.
    public enum Durability {
        /// At once; it is on disk soon after.
        ASYNC,
        /// When it is on disk.
        SYNC,
        /// At once; nothing is written to disk.
        MEMORY
    }

    /// What `reference.conf` says.
    public static final StateTuning DEFAULT = new StateTuning(true, "default", Durability.ASYNC,
            Duration.ofMillis(200), Duration.ofSeconds(60), Duration.ofDays(7),
            2_000_000);
}
