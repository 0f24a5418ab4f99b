package io.macula.actors.state;

import io.macula.crdt.replicator.Notice;
import java.util.concurrent.atomic.LongAdder;

/// What the replicator of a node has done since the node started. Safe to use from any thread.
public final class StateCounters {

    final LongAdder sent = new LongAdder();
    final LongAdder sentBytes = new LongAdder();
    final LongAdder lost = new LongAdder();
    final LongAdder arrived = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder malformed = new LongAdder();
    final LongAdder skewed = new LongAdder();
    final LongAdder repaired = new LongAdder();

    /// The counters at one moment.
    ///
    /// @param lost frames that found no way, or no room on it
    /// @param refused frames that came while too many waited
    /// @param malformed frames that could not be read or were not for us
    /// @param skewed changes whose clock was too far ahead
    /// @param repaired entries that a comparison brought or took
    public record Snapshot(long sent, long sentBytes, long lost, long arrived, long refused,
            long malformed, long skewed, long repaired) {}

    void sent(int bytes) {
        sent.increment();
        sentBytes.add(bytes);
    }

    void noticed(Notice notice) {
        switch (notice) {
            case Notice.Malformed _,Notice.Misaddressed _ -> malformed.increment();
            case Notice.Skewed _ -> skewed.increment();
            case Notice.Compared(_, var added, var removed) -> repaired.add(added + removed);
            case Notice.Deferred _,Notice.ComparisonAbandoned _,Notice.LogMissed _,Notice.EpochTaken _,Notice.Retired _ ->
                {
                }
        }
    }

    public Snapshot snapshot() {
        return new Snapshot(sent.sum(), sentBytes.sum(), lost.sum(), arrived.sum(), refused.sum(),
                malformed.sum(), skewed.sum(), repaired.sum());
    }
}
