package io.macula.testkit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Waits for something, and says what was awaited and what was seen instead.
final class Await {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Await() {}

    /// Returns when nothing is missing any more.
    ///
    /// @param what a sentence without its end, such as "the mesh is ready"
    /// @param missing one sentence for each thing that is not so yet
    /// @param mesh how the mesh stands, asked when it was in vain
    static void until(String what, Duration patience, Supplier<List<String>> missing,
            Supplier<String> mesh) {
        long end = System.nanoTime() + patience.toNanos();
        for (var left = missing.get(); !left.isEmpty(); left = missing.get()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("interrupted while waiting until " + what);
            }
            if (System.nanoTime() - end >= 0) {
                throw new AssertionError("waited " + text(patience) + " until " + what + ", but "
                        + String.join("; ", left) + " (" + mesh.get() + ")");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    static String text(Duration duration) {
        return duration.toMillis() % 1_000 == 0
                ? duration.toSeconds() + " s"
                : duration.toMillis() + " ms";
    }
}
