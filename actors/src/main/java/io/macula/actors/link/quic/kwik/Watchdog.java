package io.macula.actors.link.quic.kwik;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Looks at every connection of the provider a few times a second from a thread of its own, because
/// a thread that kwik holds cannot help itself.
final class Watchdog implements AutoCloseable {

    /// Something that can notice that it is stuck.
    interface Watched {

        /// Must not block.
        void look(long nowNanos);
    }

    private static final Duration EVERY = Duration.ofMillis(250);

    private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread;

    Watchdog() {
        thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("macula-kwik-watchdog").factory());
        var _ = thread.scheduleAtFixedRate(this::lookAtAll, EVERY.toNanos(), EVERY.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    void add(Watched one) {
        watched.add(one);
    }

    void remove(Watched one) {
        watched.remove(one);
    }

    private void lookAtAll() {
        var now = System.nanoTime();
        watched.forEach(one -> one.look(now));
    }

    @Override
    public void close() {
        thread.shutdownNow();
        watched.clear();
    }
}
