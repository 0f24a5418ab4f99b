package io.macula.supervision.testkit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Runs an actor system's work one turn at a time, in an order drawn from a seed, and knows when there
/// is nothing left to do: the same seed and the same stimuli give the same history. A turn that blocks
/// is set aside, so that the others go on.
final class Turns implements Executor {

    private static final int WATCH_MILLIS = 10;
    /// How often a turn has to be seen blocked, one after the other, before it is set aside.
    private static final int BLOCKED_ROUNDS = 20;
    /// The same for one that computes.
    private static final int BUSY_ROUNDS = 300;
    private static final int CALM_ROUNDS = 10;

    private final Object lock = new Object();
    private final ThreadGroup group;
    private final List<Runnable> waiting = new ArrayList<>();
    private final Deque<Worker> idle = new ArrayDeque<>();
    private final Set<Worker> aside = new LinkedHashSet<>();
    private Random random;
    private @Nullable Worker active;
    private long turn;
    private int workers;
    private boolean paused;
    private boolean down;

    Turns(ThreadGroup group, long seed) {
        this.group = group;
        this.random = new Random(seed);
        var watch = new Thread(group, this::watch, group.getName() + "-watch");
        watch.setDaemon(true);
        watch.start();
    }

    /// One thread.
    private final class Worker implements Runnable {

        private final Thread thread;
        private @Nullable Runnable task;
        /// Blocks with the lab's knowledge.
        private @Nullable Hung hung;

        Worker() {
            thread = new Thread(group, this, group.getName() + "-turn-" + ++workers);
            thread.setDaemon(true);
        }

        @Override
        public void run() {
            for (var next = task; next != null; next = over()) {
                next.run();
            }
        }

        /// Gives the turn back and takes the next, if there is one before the end.
        private @Nullable Runnable over() {
            synchronized (lock) {
                task = null;
                if (!aside.remove(this)) {
                    active = null;
                }
                idle.add(this);
                next();
                lock.notifyAll();
                while (task == null && !down) {
                    await(0);
                }
                return task;
            }
        }

        /// Stays as it is unless something outside of the lab lets it go on.
        boolean isStill() {
            return hung == null ? isBlocked() : hung.holds(thread);
        }

        boolean isBlocked() {
            return switch (thread.getState()) {
                case BLOCKED, WAITING, TIMED_WAITING -> true;
                case NEW, RUNNABLE, TERMINATED -> false;
            };
        }
    }

    /// Gives its turn back to a worker that was set aside.
    private record Return(Worker worker) implements Runnable {
        @Override
        public void run() {
            throw new IllegalStateException("not a task");
        }
    }

    @Override
    public void execute(Runnable task) {
        synchronized (lock) {
            waiting.add(task);
            next();
        }
    }

    /// Holding the lock: begins the next turn if none is on.
    private void next() {
        if (active != null || paused || waiting.isEmpty()) {
            return;
        }
        turn++;
        var task = waiting.remove(random.nextInt(waiting.size()));
        if (task instanceof Return(var worker)) {
            aside.remove(worker);
            worker.hung = null;
            active = worker;
        } else {
            var free = idle.pollLast();
            var worker = free == null ? new Worker() : free;
            worker.task = task;
            active = worker;
            if (free == null) {
                worker.thread.start();
            }
        }
        lock.notifyAll();
    }

    /// Holding the lock. An interrupt was meant for what ran here before.
    private void await(long millis) {
        try {
            lock.wait(millis);
        } catch (InterruptedException _) {
            // the wait is bounded by its condition
        }
    }

    // --- turns that block

    /// Lets the calling turn hang while others go on; returns when its turn has come again.
    ///
    /// @throws InterruptedException when it was interrupted
    void hang(Hung hung) throws InterruptedException {
        synchronized (lock) {
            var self = self();
            self.hung = hung;
            if (active == self) {
                setAside(self);
            }
            var interrupted = hung.hang();
            waiting.add(new Return(self));
            next();
            while (active != self && !down) {
                await(0);
            }
            if (interrupted) {
                throw new InterruptedException("killed while it hung");
            }
        }
    }

    /// The lock that a [Hung] shares with the turns.
    Object lock() {
        return lock;
    }

    private Worker self() {
        var current = active;
        if (current != null && current.thread == Thread.currentThread()) {
            return current;
        }
        return aside.stream()
                .filter(worker -> worker.thread == Thread.currentThread())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("hangs in no turn of the lab"));
    }

    private void setAside(Worker worker) {
        aside.add(worker);
        active = null;
        next();
        lock.notifyAll();
    }

    private void watch() {
        long seen = -1;
        int rounds = 0;
        int blocked = 0;
        synchronized (lock) {
            while (!down) {
                await(active == null ? 0 : WATCH_MILLIS);
                var current = active;
                if (current == null || turn != seen) {
                    seen = turn;
                    rounds = 0;
                    blocked = 0;
                    continue;
                }
                rounds++;
                blocked = current.isBlocked() ? blocked + 1 : 0;
                if (blocked >= BLOCKED_ROUNDS || rounds >= BUSY_ROUNDS) {
                    setAside(current);
                }
            }
        }
    }

    // --- for the lab

    /// Lets no further turn begin until [#resume].
    void pause() {
        synchronized (lock) {
            paused = true;
        }
    }

    void resume() {
        synchronized (lock) {
            paused = false;
            next();
        }
    }

    /// Draws the order of turns anew from `seed`.
    void reseed(long seed) {
        synchronized (lock) {
            random = new Random(seed);
        }
    }

    /// Returns true when nothing is left to do but what blocks; false when that does not come about.
    boolean awaitQuiet(Duration patience) {
        var until = System.nanoTime() + patience.toNanos();
        synchronized (lock) {
            int calm = 0;
            while (true) {
                calm = isQuiet() ? calm + 1 : 0;
                if (calm > 0 && calm >= needed()) {
                    return true;
                }
                if (System.nanoTime() > until) {
                    return false;
                }
                await(WATCH_MILLIS);
            }
        }
    }

    /// What blocks without the lab's knowledge may go on at any time: look more than once.
    private int needed() {
        return aside.stream().allMatch(worker -> worker.hung != null) ? 1 : CALM_ROUNDS;
    }

    private boolean isQuiet() {
        return active == null && (waiting.isEmpty() || paused)
                && aside.stream().allMatch(Worker::isStill);
    }

    /// Nothing begins any more; idle threads end.
    void end() {
        synchronized (lock) {
            down = true;
            lock.notifyAll();
        }
    }
}
