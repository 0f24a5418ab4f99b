package io.macula.coordination.client;

import java.time.Duration;

/// When a call has to have ended, by this process's own clock.
record Deadline(long endNanos) {

    private static final Duration LONGEST = Duration.ofDays(1);

    /// At most a day from now.
    static Deadline in(Duration timeout) {
        var bounded = timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST;
        return new Deadline(System.nanoTime() + bounded.toNanos());
    }

    /// What is left; not negative.
    Duration left() {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    boolean isOver() {
        return endNanos - System.nanoTime() <= 0;
    }

    Deadline earlierBy(Duration reserve) {
        return new Deadline(endNanos - reserve.toNanos());
    }
}
