package io.macula.arcade.match;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Counts the host's silence. Pure. What it counts are its own ticks: while its own process stands still, no silence grows, so that it does
/// not take over only because it could not listen.
///
/// @param last
///            what the host said last
/// @param silence
///            since then
/// @param tickedAt
///            when this node's own tick was last
record Standby(@Nullable Snapshot last, Duration silence, Instant tickedAt) {

    /// Ten missed ticks.
    static final Duration PATIENCE = Duration.ofMillis(500);

    /// For a host that was never heard: it may be about to begin.
    static final Duration FIRST_PATIENCE = Duration.ofSeconds(3);

    private static final Duration TICK_MOST = Duration.ofMillis(75);

    static Standby of(Instant now) {
        return new Standby(null, Duration.ZERO, now);
    }

    /// A snapshot ends the silence, unless it is late or repeated.
    Standby heard(Snapshot snapshot) {
        return last == null || snapshot.isAfter(last)
                ? new Standby(snapshot, Duration.ZERO, tickedAt)
                : this;
    }

    Standby tick(Instant now) {
        var passed = Duration.between(tickedAt, now);
        var counted = passed.compareTo(TICK_MOST) < 0 ? passed : TICK_MOST;
        return new Standby(last, silence.plus(counted), now);
    }

    boolean isDue() {
        return silence.compareTo(last == null ? FIRST_PATIENCE : PATIENCE) >= 0;
    }
}
