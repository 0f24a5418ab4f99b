package io.macula.runtime;

import com.typesafe.config.Config;
import java.io.Closeable;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.AbstractScheduler;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.Scheduler;
import org.apache.pekko.actor.SchedulerException;
import org.apache.pekko.event.LoggingAdapter;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/// The scheduler of a node's actor systems, whose thread sleeps until something is due. Pekko's own wakes a hundred times
/// a second whether there is anything or not, which was a third of what an idle node took, and is up to two ticks late.
/// Named in `macula-pekko.conf`; Pekko makes it.
public final class DueScheduler extends AbstractScheduler implements Closeable {

    /// Pekko's Cluster brings a scheduler of its own where this one is coarser than what it needs.
    private static final double PER_SECOND_MAX = 1_000;

    private static final long END_PATIENCE_SECONDS = 1;

    private final ScheduledThreadPoolExecutor timer;

    /// Those that wait and want to run when everything ends, too.
    private final Set<Runnable> last = ConcurrentHashMap.newKeySet();

    /// Called by Pekko, which looks for these three.
    public DueScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {
        timer = new ScheduledThreadPoolExecutor(1, threads);
        timer.setRemoveOnCancelPolicy(true);
    }

    private record Once(Future<?> task) implements Cancellable {

        @Override
        public boolean cancel() {
            return task.cancel(false);
        }

        @Override
        public boolean isCancelled() {
            return task.isCancelled();
        }
    }

    /// Again and again, without drifting, until it is cancelled or what it tells is gone.
    private final class Repeated implements Cancellable, Runnable {

        private final long pauseNanos;
        private final Runnable task;
        private final ExecutionContext executor;
        private long dueNanos;
        private @Nullable Cancellable next;
        private boolean isCancelled;

        Repeated(long firstNanos, long pauseNanos, Runnable task, ExecutionContext executor) {
            this.pauseNanos = pauseNanos;
            this.task = task;
            this.executor = executor;
            this.dueNanos = System.nanoTime() + firstNanos;
        }

        synchronized void await() {
            if (!isCancelled) {
                next = after(Math.max(1, dueNanos - System.nanoTime()), this, executor);
            }
        }

        @Override
        public void run() {
            try {
                task.run();
                dueNanos += pauseNanos;
                await();
            } catch (SchedulerException over) {
                cancel(); // whom it told is gone, or everything ends
            }
        }

        @Override
        public synchronized boolean cancel() {
            var was = !isCancelled;
            isCancelled = true;
            if (next != null) {
                next.cancel();
            }
            return was;
        }

        @Override
        public synchronized boolean isCancelled() {
            return isCancelled;
        }
    }

    @Override
    public Cancellable schedule(FiniteDuration first, FiniteDuration pause, Runnable task,
            ExecutionContext executor) {
        var repeated = new Repeated(first.toNanos(), pause.toNanos(), task, executor);
        repeated.await();
        return repeated;
    }

    @Override
    public Cancellable scheduleOnce(FiniteDuration delay, Runnable task,
            ExecutionContext executor) {
        return after(delay.toNanos(), task, executor);
    }

    private Cancellable after(long nanos, Runnable task, ExecutionContext executor) {
        if (task instanceof Scheduler.TaskRunOnClose) {
            last.add(task);
        }
        try {
            return new Once(timer.schedule(() -> begin(task, executor), nanos,
                    TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException closed) {
            last.remove(task);
            throw new SchedulerException("cannot enqueue after timer shutdown");
        }
    }

    private void begin(Runnable task, ExecutionContext executor) {
        last.remove(task);
        try {
            executor.execute(task);
        } catch (RuntimeException e) {
            executor.reportFailure(e); // such as a dispatcher that has ended
        }
    }

    @Override
    public double maxFrequency() {
        return PER_SECOND_MAX;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        try {
            var _ = timer.awaitTermination(END_PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        last.forEach(task -> {
            if (last.remove(task)) {
                task.run();
            }
        });
    }
}
