package io.macula.supervision.testkit;

/// A child that goes no further, until it is released or, unless it is deaf, interrupted. Waits on a
/// lock that others may share.
final class Hung {

    private final boolean deaf;
    private final Object lock;
    private boolean released;

    /// @param deaf ignores interrupts
    /// @param lock guards everything here
    Hung(boolean deaf, Object lock) {
        this.deaf = deaf;
        this.lock = lock;
    }

    /// Holding the lock: returns when it goes on; true when it was interrupted.
    boolean hang() {
        var interrupted = false;
        while (!released && !interrupted) {
            try {
                lock.wait();
            } catch (InterruptedException _) {
                interrupted = !deaf;
            }
        }
        return interrupted;
    }

    void release() {
        synchronized (lock) {
            released = true;
            lock.notifyAll();
        }
    }

    /// Holding the lock: whether `thread`, which hangs here, stays where it is.
    boolean holds(Thread thread) {
        return !released && (deaf || !thread.isInterrupted());
    }
}
