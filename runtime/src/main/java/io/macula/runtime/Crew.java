package io.macula.runtime;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs short tasks that may block, on threads of which each takes one task after the other. A task never waits for one
/// that blocks: as long as any waits, one more thread is on its way to it, or looks for it. Where tasks come in bursts and
/// none blocks, which is what calls and their answers do, a thread is begun for a burst and not for each task.
///
/// The queue has no bound of its own: who submits has one, for requests that run at once and for calls that are open.
///
/// A thread that has nothing to do looks about for some microseconds, one at a time: waking one that has gone takes longer.
final class Crew implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(Crew.class);

    private static final int LINGER_LOOKS = 64;

    private final Executor threads;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    /// Whether a thread that runs no task will look at the queue from now on: one that has not begun yet, or that lingers.
    private final AtomicBoolean isOneComing = new AtomicBoolean();

    /// @param threads begins a new one for each task, that may block
    Crew(Executor threads) {
        this.threads = threads;
    }

    /// Ends in [RejectedExecutionException] when no thread is begun any more; the task is then not run.
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        try {
            call();
        } catch (RejectedExecutionException ended) {
            if (tasks.remove(task)) {
                throw ended;
            }
        }
    }

    private void call() {
        if (!isOneComing.get() && isOneComing.compareAndSet(false, true)) {
            try {
                threads.execute(this::work);
            } catch (RejectedExecutionException ended) {
                isOneComing.set(false);
                throw ended;
            }
        }
    }

    private void work() {
        isOneComing.set(false);
        for (var task = next(); task != null; task = next()) {
            if (!tasks.isEmpty()) {
                callAnother();
            }
            run(task);
        }
    }

    /// Before a task begins that may block: somebody else looks after those behind it.
    private void callAnother() {
        try {
            call();
        } catch (RejectedExecutionException ended) {
            LOG.atDebug().log("no thread is begun any more; this one takes what is left");
        }
    }

    /// The next task; null when the thread may go.
    private @Nullable Runnable next() {
        var task = tasks.poll();
        if (task == null && isOneComing.compareAndSet(false, true)) {
            for (var look = 0; look < LINGER_LOOKS && tasks.isEmpty(); look++) {
                Thread.onSpinWait();
            }
            isOneComing.set(false);
            task = tasks.poll();
        }
        return task;
    }

    /// Whatever a task throws ends that task alone; an interrupt and a class loader that it left behind are its own.
    private static void run(Runnable task) {
        var thread = Thread.currentThread();
        var loader = thread.getContextClassLoader();
        try {
            task.run();
        } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
            LOG.atError().setCause(e).log("a task failed; the next one follows");
        } finally {
            var _ = Thread.interrupted();
            thread.setContextClassLoader(loader);
        }
    }
}
