package io.macula.actors.state;

import io.macula.crdt.replicator.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Updates that wait for the process, bounded, so that it can make many of them in one turn: one
/// write, one message to each peer. Safe to use from any thread.
final class WaitingUpdates {

    /// What became of an update that was to wait.
    enum Taken {
        /// Too many wait.
        FULL,
        /// The process has to be told.
        TELL,
        /// The process was told before, and will find it.
        TOLD
    }

    private final int max;
    private final ConcurrentLinkedQueue<Event.Update> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicBoolean isTold = new AtomicBoolean();

    WaitingUpdates(int max) {
        this.max = max;
    }

    Taken add(Event.Update update) {
        if (size.incrementAndGet() > max) {
            size.decrementAndGet();
            return Taken.FULL;
        }
        queue.add(update);
        return isTold.compareAndSet(false, true) ? Taken.TELL : Taken.TOLD;
    }

    /// Takes up to `count` in the order they came. An update that comes from now on has the process
    /// told again.
    List<Event.Update> take(int count) {
        isTold.set(false);
        var taken = new ArrayList<Event.Update>();
        for (var next = poll(count); next != null; next = poll(count - taken.size())) {
            taken.add(next);
        }
        return taken;
    }

    private Event.@Nullable Update poll(int left) {
        var next = left > 0 ? queue.poll() : null;
        if (next != null) {
            size.decrementAndGet();
        }
        return next;
    }

    /// Whether some wait and the process has to be told so; true once.
    boolean isToBeTold() {
        return !queue.isEmpty() && isTold.compareAndSet(false, true);
    }
}
