package io.macula.actors.rpc;

import java.time.Duration;

/// A circuit breaker for one procedure at one provider (Nygard, Release It!, 5.2). Closed while
/// calls go well; open for a pause after so many failures running; then half open: one call is let
/// through, and its end closes the breaker or opens it for twice the pause. A value; a provider
/// without failures needs none.
///
/// @param failures running
/// @param barredUntilNanos while it is open, and while the one call of a half open breaker runs; 0
///     when it is closed
/// @param pause the last one; zero before the first
/// @param isProbing half open
public record Breaker(int failures, long barredUntilNanos, Duration pause, boolean isProbing) {

    static final Breaker CLOSED = new Breaker(0, 0, Duration.ZERO, false);

    /// How breakers behave.
    ///
    /// @param failuresMax failures running that open one
    /// @param pauseMin how long one is open the first time
    /// @param pauseMax the most that this doubles to
    /// @param probeMax how long the end of a call is waited for that was let through
    public record Rules(int failuresMax, Duration pauseMin, Duration pauseMax, Duration probeMax) {

        public static final Rules DEFAULT = new Rules(5, Duration.ofSeconds(1),
                Duration.ofSeconds(30), Duration.ofSeconds(30));

        public Rules {
            if (failuresMax < 1 || !pauseMin.isPositive() || pauseMin.compareTo(pauseMax) > 0
                    || !probeMax.isPositive()) {
                throw new IllegalArgumentException("a breaker opens after a failure or more, for"
                        + " some time");
            }
        }
    }

    boolean isClosed() {
        return pause.isZero();
    }

    /// Whether a call may be made now.
    boolean lets(long nowNanos) {
        return isClosed() || nowNanos - barredUntilNanos >= 0;
    }

    /// A call that it let through begins.
    Breaker begun(long nowNanos, Rules rules) {
        return isClosed()
                ? this
                : new Breaker(failures, nowNanos + rules.probeMax().toNanos(), pause, true);
    }

    /// A call failed. What began before the breaker opened tells nothing new.
    Breaker failed(long nowNanos, Rules rules) {
        var more = failures + 1;
        if (isClosed() && more < rules.failuresMax()) {
            return new Breaker(more, 0, pause, false);
        }
        if (!isClosed() && !isProbing) {
            return this;
        }
        var doubled = isClosed() ? rules.pauseMin() : pause.multipliedBy(2);
        var next = doubled.compareTo(rules.pauseMax()) < 0 ? doubled : rules.pauseMax();
        return new Breaker(more, nowNanos + next.toNanos(), next, false);
    }
}
