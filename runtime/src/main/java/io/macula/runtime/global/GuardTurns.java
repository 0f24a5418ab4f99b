package io.macula.runtime.global;

import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// Whose turn it is to change what is under a guard: one change at a time for each name, on this node. Names share
/// locks, so that they need no bound.
final class GuardTurns {

    /// Changes that wait at once, of all guards.
    private static final int WAITING_MAX = 4_096;

    private static final int LOCKS = 64;

    private final Semaphore places = new Semaphore(WAITING_MAX);
    private final Lock[] locks = Stream.generate(ReentrantLock::new)
            .limit(LOCKS)
            .toArray(Lock[]::new);

    /// False when too many wait.
    boolean enter() {
        return places.tryAcquire();
    }

    void leave() {
        places.release();
    }

    Lock of(String name) {
        return locks[Math.floorMod(name.hashCode(), LOCKS)];
    }
}
