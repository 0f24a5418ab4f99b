package io.macula.actors.mesh;

import io.macula.actors.local.DedupWindow;
import io.macula.actors.wire.Bytes;
import java.time.Duration;
import java.util.function.LongSupplier;

/// The ids of requests that other nodes sent lately, so that one that comes over two ways runs
/// once. Bounded as [DedupWindow]. Safe to use from any thread.
public final class SeenRequests {

    private final DedupWindow window;
    private final LongSupplier nanoClock;

    public SeenRequests(int idsMax, Duration keep, LongSupplier nanoClock) {
        this.window = new DedupWindow(idsMax, keep, nanoClock.getAsLong());
        this.nanoClock = nanoClock;
    }

    /// True the first time an id is seen.
    synchronized boolean isNew(Bytes requestId) {
        return window.isNew(requestId, nanoClock.getAsLong());
    }
}
