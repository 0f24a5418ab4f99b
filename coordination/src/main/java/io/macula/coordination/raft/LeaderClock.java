package io.macula.coordination.raft;

import java.time.Duration;
import java.util.function.LongSupplier;

/// The time a leader stamps on entries. It goes on from where the state's clock stood when this voter began
/// to lead, as fast as the machine's monotonic clock, and stands while it does not lead. A change
/// of leader, or a pause of the process, can only make sessions live longer. Shared by threads.
final class LeaderClock {

    /// The most that one look lets pass. It is looked at several times a second, so more means that the
    /// process was paused, and then no session could renew itself.
    static final Duration STRIDE_MAX = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private boolean leads;
    private Duration now = Duration.ZERO;
    private long lookedNanos;

    LeaderClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void lead(Duration from) {
        leads = true;
        now = from;
        lookedNanos = nanoTime.getAsLong();
    }

    synchronized void follow() {
        leads = false;
    }

    /// Whole milliseconds; what a follower says does not count.
    synchronized Duration now() {
        if (leads) {
            long nanos = nanoTime.getAsLong();
            var passed = Duration.ofNanos(Math.max(0, nanos - lookedNanos));
            now = now.plus(passed.compareTo(STRIDE_MAX) < 0 ? passed : STRIDE_MAX);
            lookedNanos = nanos;
        }
        return Duration.ofMillis(now.toMillis());
    }
}
