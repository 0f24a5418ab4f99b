package io.macula.supervision.testkit;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.testkit.ExplicitlyTriggeredScheduler;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/// The scheduler of a lab with manual time. As that of `ManualTime`, and it counts in nanoseconds, stops
/// at every moment at which something is due, and waits there until its consequences are over instead
/// of for a fixed time.
final class LabScheduler extends ExplicitlyTriggeredScheduler {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Queue<Item> items = new PriorityQueue<>();
    private long now;
    private long sequence;
    private @Nullable Turns turns;

    LabScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {
        super(config, log, threads);
    }

    /// One appointment.
    private final class Item implements Cancellable, Comparable<Item> {

        private final long number;
        private final long interval;
        private final Runnable task;
        private final ExecutionContext executor;
        private long due;
        private boolean over;

        Item(long due, long interval, Runnable task, ExecutionContext executor) {
            this.number = sequence++;
            this.due = due;
            this.interval = interval;
            this.task = task;
            this.executor = executor;
        }

        @Override
        public boolean cancel() {
            synchronized (items) {
                var was = !over;
                over = true;
                items.remove(this);
                return was;
            }
        }

        @Override
        public boolean isCancelled() {
            synchronized (items) {
                return over;
            }
        }

        @Override
        public int compareTo(Item other) {
            return due == other.due
                    ? Long.compare(number, other.number)
                    : Long.compare(due, other.due);
        }
    }

    void runBy(Turns executor) {
        turns = executor;
    }

    /// Forgets all appointments.
    void clear() {
        synchronized (items) {
            items.clear();
        }
    }

    long nanos() {
        synchronized (items) {
            return now;
        }
    }

    @Override
    public long currentTimeMs() {
        return nanos() / 1_000_000;
    }

    @Override
    public Cancellable schedule(FiniteDuration first, FiniteDuration interval, Runnable task,
            ExecutionContext executor) {
        return add(first.toNanos(), interval.toNanos(), task, executor);
    }

    @Override
    public Cancellable scheduleWithFixedDelay(FiniteDuration first, FiniteDuration delay,
            Runnable task, ExecutionContext executor) {
        return add(first.toNanos(), delay.toNanos(), task, executor);
    }

    @Override
    public Cancellable scheduleOnce(FiniteDuration delay, Runnable task,
            ExecutionContext executor) {
        return add(delay.toNanos(), 0, task, executor);
    }

    /// What is due at once does not wait for time to pass.
    private Item add(long delay, long interval, Runnable task, ExecutionContext executor) {
        Item item;
        synchronized (items) {
            item = new Item(now + Math.max(0, delay), interval, task, executor);
            if (delay > 0) {
                items.add(item);
            } else {
                again(item);
            }
        }
        if (delay <= 0) {
            executor.execute(task);
        }
        return item;
    }

    private void again(Item item) {
        if (item.interval > 0) {
            item.due += item.interval;
            items.add(item);
        } else {
            item.over = true;
        }
    }

    @Override
    public void timePasses(FiniteDuration amount) {
        passes(amount.toNanos());
    }

    /// Time passes in steps, and everything it leads to has happened.
    void passes(long nanos) {
        var until = nanos() + nanos;
        quiet();
        for (var item = due(until); item != null; item = due(until)) {
            item.executor.execute(item.task);
            quiet();
        }
        synchronized (items) {
            now = until;
        }
    }

    private void quiet() {
        if (turns != null) {
            turns.awaitQuiet(PATIENCE);
        }
    }

    private @Nullable Item due(long until) {
        synchronized (items) {
            var item = items.peek();
            if (item == null || item.due > until) {
                return null;
            }
            items.remove();
            now = item.due;
            again(item);
            return item;
        }
    }
}
