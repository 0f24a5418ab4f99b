package io.macula.coordination.raft;

import java.time.Duration;

/// Says when there has been no leader for so long that connections should be made anew, and again after
/// as long.
final class Leaderless {

    private final Duration patience;
    private long sinceNanos;
    private boolean leaderless;

    Leaderless(Duration patience) {
        this.patience = patience;
    }

    boolean look(boolean hasLeader, long nanoTime) {
        if (hasLeader || !leaderless) {
            leaderless = !hasLeader;
            sinceNanos = nanoTime;
            return false;
        }
        if (nanoTime - sinceNanos < patience.toNanos()) {
            return false;
        }
        sinceNanos = nanoTime;
        return true;
    }
}
