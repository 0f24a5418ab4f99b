package io.macula.actors.link;

import io.macula.actors.link.quic.QuicConnection;
import io.macula.actors.wire.WireCounters;
import io.macula.actors.wire.WireLimits;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The links that are up, and the one timer thread that looks at all of them.
final class LinkTable implements LinkContext {

    private static final Logger LOG = LoggerFactory.getLogger(LinkTable.class);

    /// A look that is due is at most a quarter of the pause between looks late, and that pause.
    private static final int SLOTS_PER_LOOK = 4;

    /// How long what is under way when a stream ends may take to arrive.
    private static final Duration SOON = Duration.ofMillis(200);

    /// How long a far side that was told why may take to close the connection.
    private static final Duration LEAVE = Duration.ofSeconds(1);

    private final LinkConfig config;
    private final WireLimits limits;
    private final WireCounters counters;
    private final Clock clock = Clock.systemUTC();
    private final Set<QuicLink> links = ConcurrentHashMap.newKeySet();
    private final Set<QuicConnection> leaving = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor timer;
    private boolean closing;

    /// Links that nobody has looked at yet.
    private final Queue<QuicLink> fresh = new ConcurrentLinkedQueue<>();

    /// Only the timer thread touches them.
    private Liveness.Watch watch = Liveness.Watch.startingAt(System.nanoTime());
    private final LookWheel<QuicLink> wheel;

    LinkTable(LinkConfig config, WireLimits limits, WireCounters counters) {
        this.config = config;
        this.limits = limits;
        this.counters = counters;
        this.wheel = new LookWheel<>(config.look().dividedBy(SLOTS_PER_LOOK), System.nanoTime());
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = Executors.defaultThreadFactory().newThread(task);
            thread.setName("macula-links");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /// Begins to look at the links.
    void start() {
        var look = config.look().toNanos();
        var _ = timer.scheduleWithFixedDelay(() -> look(System.nanoTime()), look, look,
                TimeUnit.NANOSECONDS);
    }

    private void look(long nowNanos) {
        watch = watch.at(nowNanos, config.heartbeat());
        for (var link = fresh.poll(); link != null; link = fresh.poll()) {
            wheel.add(link, nowNanos);
        }
        wheel.due(nowNanos, link -> look(link, nowNanos));
    }

    private OptionalLong look(QuicLink link, long nowNanos) {
        try {
            return link.look(nowNanos, watch);
        } catch (RuntimeException bug) {
            LOG.atError()
                    .setCause(bug)
                    .addKeyValue("peer", link.peer().shortHex())
                    .log("a link could not be looked at");
            return OptionalLong.of(nowNanos);
        }
    }

    @Override
    public boolean add(QuicLink link) {
        synchronized (links) {
            if (closing) {
                return false;
            }
            links.add(link);
        }
        fresh.add(link);
        if (link.isClosed()) {
            links.remove(link);
        }
        return true;
    }

    /// Takes no link any more.
    ///
    /// @return all that were taken
    List<QuicLink> closing() {
        synchronized (links) {
            closing = true;
            return links();
        }
    }

    /// The links that are up now.
    List<QuicLink> links() {
        return List.copyOf(links);
    }

    int size() {
        return links.size();
    }

    /// Runs a task on the timer thread after a while; it must not block.
    Future<?> after(Duration delay, Runnable task) {
        try {
            return timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closing) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /// Waits until the far sides have taken their leave, a moment at most.
    void awaitLeft() {
        var deadline = System.nanoTime() + LEAVE.toNanos();
        synchronized (leaving) {
            try {
                for (var left = LEAVE.toNanos(); !leaving.isEmpty()
                        && left > 0; left = deadline - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(leaving, left);
                }
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void close() {
        timer.shutdownNow();
    }

    @Override
    public void leave(QuicConnection connection, String code) {
        leaving.add(connection);
        var _ = after(LEAVE, () -> {
            left(connection);
            connection.close(0, code);
        });
    }

    @Override
    public void left(QuicConnection connection) {
        if (leaving.remove(connection)) {
            synchronized (leaving) {
                leaving.notifyAll();
            }
        }
    }

    @Override
    public void soon(Runnable task) {
        var _ = after(SOON, task);
    }

    @Override
    public void ended(QuicLink link) {
        links.remove(link);
    }

    @Override
    public LinkConfig config() {
        return config;
    }

    @Override
    public WireLimits limits() {
        return limits;
    }

    @Override
    public WireCounters counters() {
        return counters;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long millis() {
        return clock.millis();
    }
}
