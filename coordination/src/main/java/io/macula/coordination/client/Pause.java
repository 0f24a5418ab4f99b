package io.macula.coordination.client;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// A virtual thread at rest.
final class Pause {

    private Pause() {}

    /// About that long; less when the thread is interrupted.
    static void of(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
    }
}
