package io.macula.supervision;

import java.time.Duration;

/// How long a restart that failed waits before its next attempt: `first`, doubled each time, at most
/// `most`. An attempt still counts in the restart window.
public record Backoff(Duration first, Duration most) {

    /// The next attempt follows at once, as in OTP.
    public static final Backoff NONE = new Backoff(Duration.ZERO, Duration.ZERO);

    private static final int DOUBLINGS_MAX = 30;

    public Backoff {
        if (first.isNegative() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "a back-off needs 0 <= first <= most: " + first + ", " + most);
        }
    }

    boolean isNone() {
        return first.isZero();
    }

    /// The delay after `failures` failed attempts in a row, counted from 1.
    Duration delay(int failures) {
        if (isNone()) {
            return Duration.ZERO;
        }
        var doubled = first.multipliedBy(1L << Math.min(Math.max(failures - 1, 0), DOUBLINGS_MAX));
        return doubled.compareTo(most) > 0 ? most : doubled;
    }
}
