package io.macula.actors.gateway;

import java.util.concurrent.atomic.LongAdder;

/// What a gateway has done since it started. Safe to use from any thread.
public final class GatewayCounters {

    final LongAdder published = new LongAdder();
    final LongAdder delivered = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder requests = new LongAdder();
    final LongAdder overloads = new LongAdder();
    final LongAdder invalid = new LongAdder();
    final LongAdder routed = new LongAdder();
    final LongAdder unroutable = new LongAdder();

    /// The counters at one moment.
    ///
    /// @param published messages that came in
    /// @param delivered copies handed to links
    /// @param dropped copies lost because a link was full
    /// @param requests calls that came in
    /// @param overloads messages refused because their sender had too many waiting
    /// @param invalid messages that break a rule, such as a topic with an empty segment
    /// @param routed frames passed on to another node
    /// @param unroutable frames for a node we do not know
    public record Snapshot(long published, long delivered, long dropped, long requests,
            long overloads, long invalid, long routed, long unroutable) {}

    public Snapshot snapshot() {
        return new Snapshot(published.sum(), delivered.sum(), dropped.sum(), requests.sum(),
                overloads.sum(), invalid.sum(), routed.sum(), unroutable.sum());
    }
}
