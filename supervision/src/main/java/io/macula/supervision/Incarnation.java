package io.macula.supervision;

import org.jspecify.annotations.Nullable;

/// One life of a child, shared between the [Guard] inside it, its supervisor and readers of the live
/// tree. `ticket` grows with each start in a tree.
final class Incarnation {

    final long ticket;
    private @Nullable Thread thread;
    private volatile long enteredNanos;
    private volatile boolean killed;
    private volatile boolean ignored;
    private volatile @Nullable Exit exit;
    private volatile @Nullable Object info;

    Incarnation(long ticket) {
        this.ticket = ticket;
    }

    /// The current thread begins to run the child.
    void enter() {
        enteredNanos = System.nanoTime();
        synchronized (this) {
            thread = Thread.currentThread();
        }
    }

    /// The current thread is done; an interrupt meant for the child does not stay behind on it.
    synchronized void leave() {
        thread = null;
        if (killed) {
            Thread.interrupted();
        }
    }

    /// Interrupts the child if it runs; its cleanup is skipped from now on.
    synchronized void kill() {
        killed = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    boolean isKilled() {
        return killed;
    }

    /// The first exit noted is the reason; what follows it is a consequence.
    synchronized void exit(Exit reason) {
        if (exit == null) {
            exit = reason;
        }
    }

    @Nullable
    Exit exit() {
        return exit;
    }

    void ignore() {
        ignored = true;
    }

    boolean isIgnored() {
        return ignored && exit == null && !killed;
    }

    void info(Object value) {
        info = value;
    }

    @Nullable
    Object info() {
        return info;
    }

    /// The thread that runs the child at this moment, if any.
    synchronized @Nullable Thread thread() {
        return thread;
    }

    long enteredNanos() {
        return enteredNanos;
    }
}
