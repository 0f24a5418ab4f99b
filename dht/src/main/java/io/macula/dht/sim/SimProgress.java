package io.macula.dht.sim;

import java.time.Duration;

/// How far a simulation is.
///
/// @param done the share of virtual time that has passed, 0 to 1
public record SimProgress(Phase phase, Duration virtualTime, double done, int nodes, long events) {

    /// What is going on.
    public enum Phase {
        /// Nodes join.
        BUILDING,
        /// Keys are stored.
        STORING,
        /// Time passes, lookups are measured.
        MEASURING
    }
}
