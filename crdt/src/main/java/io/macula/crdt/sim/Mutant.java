package io.macula.crdt.sim;

/// A known bug of other replicators, planted to see that the simulation catches it.
public enum Mutant {

    /// None: the real replicator.
    NONE,
    /// Deltas claim to know everything their sender knew, and so delete what they do not carry.
    FULL_CONTEXT,
    /// A restarted node goes on after the last dot it finds on disk.
    REUSED_DOT,
    /// One node leaves out the removals of the changes it takes over.
    SKIPPED_REMOVAL,
    /// The whole state goes along with every clock.
    FULL_STATE
}
