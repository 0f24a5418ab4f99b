package io.macula.actors.link;

import static java.util.Objects.requireNonNull;

import io.macula.actors.link.Redial.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Keeps one peer dialled as [Redial] decides, on a thread of its own.
final class Outage implements AutoCloseable {

    final BlockingQueue<Link> kept = new LinkedBlockingQueue<>();

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Map<Long, Link> arrived = new HashMap<>();
    private final Links links;
    private final PeerAddress address;
    private final LinkListener listener;
    private @Nullable Redial redial;

    Outage(Links links, PeerAddress address, LinkListener listener) {
        this.links = links;
        this.address = address;
        this.listener = listener;
    }

    /// Dials as for an outage that begins now.
    void begin() {
        thread.execute(() -> take(Redial.wanted(Redial.Pace.DEFAULT, Instant.now())));
    }

    private void take(Redial.Step step) {
        redial = step.next();
        for (var effect : step.effects()) {
            switch (effect) {
                case Effect.Dial(var id) -> links.dial(address, listener)
                        .thenAcceptAsync(dialled -> dialled(id, dialled), thread);
                case Effect.Keep(var id) -> kept.add(link(id));
                case Effect.Close(var id) -> link(id).close(Disconnected.NORMAL);
                case Effect.WakeAt(var at) -> thread.schedule(() -> take(now().woken(
                        Instant.now())), Duration.between(Instant.now(), at).toNanos(),
                        TimeUnit.NANOSECONDS);
            }
        }
    }

    private Link link(long id) {
        return requireNonNull(arrived.remove(id),
                "only a dial that came through is kept or closed");
    }

    private void dialled(long id, Links.Dialled dialled) {
        var jitter = ThreadLocalRandom.current().nextDouble();
        switch (dialled) {
            case Links.Dialled.Up(var link) -> {
                arrived.put(id, link);
                take(now().linked(id));
            }
            case Links.Dialled.Refused _ -> take(now().refused(id, Instant.now(), jitter));
            case Links.Dialled.Unreachable _ -> take(now().failed(id, Instant.now(), jitter));
        }
    }

    private Redial now() {
        var current = redial;
        if (current == null) {
            throw new IllegalStateException("the outage has not begun");
        }
        return current;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
