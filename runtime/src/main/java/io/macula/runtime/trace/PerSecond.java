package io.macula.runtime.trace;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// At most so many in a second of the clock. Safe to use from any thread.
final class PerSecond {

    private static final int COUNT_BITS = 24;
    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;
    private static final long NANOS = 1_000_000_000L;

    private final int most;
    private final LongSupplier nanoClock;
    /// The second in the upper bits, how many of it are taken in the lower ones.
    private final AtomicLong taken = new AtomicLong();

    /// @param most
    ///            0 to 1000000
    PerSecond(int most, LongSupplier nanoClock) {
        this.most = most;
        this.nanoClock = nanoClock;
    }

    /// True when there was one left.
    boolean take() {
        var second = Math.floorDiv(nanoClock.getAsLong(), NANOS) << COUNT_BITS;
        while (true) {
            var before = taken.get();
            var count = (before & ~COUNT_MASK) == second ? before & COUNT_MASK : 0;
            if (count >= most) {
                return false;
            }
            if (taken.compareAndSet(before, second | (count + 1))) {
                return true;
            }
        }
    }
}
