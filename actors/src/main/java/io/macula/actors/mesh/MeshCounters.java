package io.macula.actors.mesh;

import java.util.concurrent.atomic.LongAdder;

/// What a node has sent to and got from other nodes since it started. Safe to use from any thread.
public final class MeshCounters {

    final LongAdder direct = new LongAdder();
    final LongAdder relayed = new LongAdder();
    final LongAdder lost = new LongAdder();
    final LongAdder arrived = new LongAdder();
    final LongAdder duplicates = new LongAdder();
    final LongAdder stray = new LongAdder();

    /// The counters at one moment.
    ///
    /// @param direct frames sent straight to the node they are for
    /// @param relayed frames sent by way of a gateway
    /// @param lost frames that found no way, or no room on it
    /// @param arrived frames of other nodes that were for this one
    /// @param duplicates of these, requests that had come before
    /// @param stray frames that were for this node and could not be read
    public record Snapshot(long direct, long relayed, long lost, long arrived, long duplicates,
            long stray) {}

    public Snapshot snapshot() {
        return new Snapshot(direct.sum(), relayed.sum(), lost.sum(), arrived.sum(),
                duplicates.sum(), stray.sum());
    }
}
