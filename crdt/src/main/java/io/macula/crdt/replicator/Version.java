package io.macula.crdt.replicator;

import io.macula.crdt.DotSet;

/// A causal token: where [Replicator#reached] says yes to it, everything it stands for is visible.
/// The token of an update gives read-your-writes on any node, that of a read monotone reads.
public record Version(DotSet dots) {

    public static final Version NONE = new Version(DotSet.EMPTY);

    /// Stands for both.
    public Version and(Version other) {
        return new Version(dots.union(other.dots));
    }
}
