package io.macula.supervision;

import java.util.concurrent.TimeUnit;

/// A monotonic clock in nanoseconds, from an arbitrary origin; it decides which restarts still count.
@FunctionalInterface
public interface Ticker {

    long nanos();

    static Ticker system() {
        return System::nanoTime;
    }

    /// Counts in whole seconds as OTP does, so that a window is up to a second longer than its period.
    static Ticker wholeSeconds(Ticker exact) {
        long second = TimeUnit.SECONDS.toNanos(1);
        return () -> Math.floorDiv(exact.nanos(), second) * second;
    }
}
