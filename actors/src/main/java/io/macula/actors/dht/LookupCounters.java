package io.macula.actors.dht;

import io.macula.dht.lookup.LookupResult;
import java.util.concurrent.atomic.LongAdder;

/// How the lookups of a node ended since it started. Safe to use from any thread.
public final class LookupCounters {

    private final LongAdder found = new LongAdder();
    private final LongAdder nothing = new LongAdder();
    private final LongAdder unreached = new LongAdder();
    private final LongAdder hops = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final LongAdder millis = new LongAdder();

    /// The counters at one moment.
    ///
    /// @param nothing lookups that came to the nearest nodes and found nothing
    /// @param unreached lookups to which nobody answered
    /// @param hops of those that found something, all together
    /// @param millis from the start to the end, of all together
    public record Snapshot(long found, long nothing, long unreached, long hops, long requests,
            long millis) {}

    void ended(LookupResult result) {
        if (result.isFound()) {
            found.increment();
            hops.add(result.hops());
        } else {
            (result.closest().isEmpty() ? unreached : nothing).increment();
        }
        requests.add(result.requests());
        millis.add(result.elapsedMillis());
    }

    public Snapshot snapshot() {
        return new Snapshot(found.sum(), nothing.sum(), unreached.sum(), hops.sum(),
                requests.sum(), millis.sum());
    }
}
