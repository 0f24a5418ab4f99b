package io.macula.supervision;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// The restart intensity of one supervisor: at most `limit` restarts within `period`, sliding.
/// Times are given, never read. Safe to read from any thread.
final class Window {

    private final int limit;
    private final long periodNanos;
    private final Deque<Long> restarts = new ArrayDeque<>();

    Window(int limit, Duration period) {
        this.limit = limit;
        this.periodNanos = period.toNanos();
    }

    /// Notes a restart attempt at `now`; false when that is one too many. A restart exactly one period
    /// old still counts.
    synchronized boolean allows(long now) {
        forget(now);
        restarts.addLast(now);
        return restarts.size() <= limit;
    }

    /// How many restarts count at `now`.
    synchronized int count(long now) {
        forget(now);
        return restarts.size();
    }

    private void forget(long now) {
        while (!restarts.isEmpty() && now - restarts.getFirst() > periodNanos) {
            restarts.removeFirst();
        }
    }
}
