package io.macula.actors.local;

import java.time.Duration;
import java.util.concurrent.Executor;

/// Makes tables for tests, whose clock stands still.
public final class LocalTables {

    private LocalTables() {}

    public static LocalSubscriptions subscriptions(int subscriptionsMax, int queueMax,
            int idsMax, Executor executor) {
        var bounds = new LocalSubscriptions.Bounds(subscriptionsMax, queueMax, idsMax,
                Duration.ofSeconds(10));
        return new LocalSubscriptions(bounds, executor, () -> 0L);
    }
}
