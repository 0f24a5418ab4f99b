package io.macula.actors.cluster;

import java.time.Duration;

/// Decides how long a node waits before it takes part again. Pure. To be downed on the smaller side of
/// a partition is an expected outcome, so it may happen for ever and counts against no restart limit;
/// but lives that end soon after each other are followed by ever longer pauses.
///
/// @param begun incarnations so far
/// @param downed of them, how many were downed
/// @param shortLives how many in a row were short
record Lives(int begun, int downed, int shortLives) {

    static final Duration PAUSE_MIN = Duration.ofMillis(200);
    static final Duration PAUSE_MAX = Duration.ofSeconds(10);

    /// A life of this length was no failure to start.
    static final Duration LONG = Duration.ofSeconds(60);

    static final Lives NONE = new Lives(0, 0, 0);

    /// What follows the end of one.
    record Again(Lives next, Duration pause) {}

    Lives begin() {
        return new Lives(begun + 1, downed, shortLives);
    }

    /// @param random from 0 (inclusive) to 1
    Again ended(boolean wasDowned, Duration lived, double random) {
        var inARow = lived.compareTo(LONG) < 0 ? shortLives + 1 : 0;
        var next = new Lives(begun, wasDowned ? downed + 1 : downed, inARow);
        var doubled = PAUSE_MIN.multipliedBy(1L << Math.min(inARow, 10));
        var most = doubled.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : doubled;
        return new Again(next, Duration.ofNanos((long) (most.toNanos() * (0.5 + random / 2))));
    }
}
