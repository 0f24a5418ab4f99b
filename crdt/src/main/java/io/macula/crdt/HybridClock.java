package io.macula.crdt;

import java.time.Duration;

/// A hybrid logical clock (Kulkarni et al. 2014, section 4): follows the wall clock, never steps
/// back, and passes every stamp it hears of, except those further ahead than `skewMax`. One node
/// with a wrong clock so cannot drag the others along.
///
/// @param last
///            the last stamp given or heard
public record HybridClock(Stamp last, Duration skewMax) {

    public HybridClock {
        if (skewMax.isNegative()) {
            throw new IllegalArgumentException("a skew bound is not negative");
        }
    }

    public static HybridClock starting(Duration skewMax) {
        return new HybridClock(Stamp.ZERO, skewMax);
    }

    /// What hearing a stamp led to.
    public sealed interface Heard {

        record Followed(HybridClock clock) implements Heard {}

        /// The stamp lies further ahead of our wall clock than allowed; the clock stays.
        record TooFarAhead(Duration by) implements Heard {}
    }

    /// The clock after one event of our own; its [#last()] is the event's stamp.
    public HybridClock tick(long wallMillis) {
        var wall = Stamp.of(Math.max(0, wallMillis), 0);
        return new HybridClock(wall.compareTo(last) > 0 ? wall : last.next(), skewMax);
    }

    public Heard hear(Stamp remote, long wallMillis) {
        var ahead = remote.aheadOf(wallMillis);
        if (ahead.compareTo(skewMax) > 0) {
            return new Heard.TooFarAhead(ahead);
        }
        return new Heard.Followed(
                remote.compareTo(last) > 0 ? new HybridClock(remote, skewMax) : this);
    }
}
