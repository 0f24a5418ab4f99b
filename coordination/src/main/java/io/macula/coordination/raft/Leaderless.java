package io.macula.coordination.raft;

import java.time.Duration;

/// Says when there has been no leader for so long that connections should be made anew, and again each time after twice
/// as long: on a busy machine a new connection takes its time too, and must not be cut off by the next attempt.
final class Leaderless {

    /// The longest time between two attempts.
    private static final Duration PAUSE_MAX = Duration.ofSeconds(30);

    private final Duration patience;
    private Duration pause;
    private long sinceNanos;
    private boolean leaderless;

    Leaderless(Duration patience) {
        this.patience = patience;
        this.pause = patience;
    }

    boolean look(boolean hasLeader, long nanoTime) {
        if (hasLeader || !leaderless) {
            leaderless = !hasLeader;
            sinceNanos = nanoTime;
            pause = patience;
            return false;
        }
        if (nanoTime - sinceNanos < pause.toNanos()) {
            return false;
        }
        sinceNanos = nanoTime;
        var twice = pause.multipliedBy(2);
        pause = twice.compareTo(PAUSE_MAX) < 0 ? twice : PAUSE_MAX;
        return true;
    }
}
