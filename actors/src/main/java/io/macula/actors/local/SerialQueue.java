package io.macula.actors.local;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands items to a consumer one at a time and in order, on threads of an executor, so that a
/// slow or blocking consumer holds up nobody else. Holds at most `itemsMax`; what does not fit is
/// refused. A consumer that throws loses that item only.
final class SerialQueue<T> {

    private static final Logger LOG = LoggerFactory.getLogger(SerialQueue.class);

    /// Items taken at a time, with one lock for all of them.
    private static final int BATCH = 64;

    /// How often a consumer that has nothing to do looks once more, some microseconds in all: waking
    /// one that has gone takes longer.
    private static final int LINGER_LOOKS = 64;

    private final ArrayDeque<T> items = new ArrayDeque<>();
    private final int itemsMax;
    private final Executor executor;
    private final Consumer<T> consumer;
    /// Of a batch that was taken, those the consumer was not called with yet.
    private final AtomicInteger taken = new AtomicInteger();
    private boolean draining;
    private volatile boolean isAnyWaiting;
    private volatile boolean closed;

    SerialQueue(int itemsMax, Executor executor, Consumer<T> consumer) {
        this.itemsMax = itemsMax;
        this.executor = executor;
        this.consumer = consumer;
    }

    /// False when the queue is full or closed, or the executor takes nothing any more.
    boolean offer(T item) {
        synchronized (items) {
            if (closed || items.size() + taken.getPlain() >= itemsMax) {
                return false;
            }
            items.add(item);
            isAnyWaiting = true;
            if (draining) {
                return true;
            }
            draining = true;
        }
        return start();
    }

    /// Items that wait.
    int size() {
        synchronized (items) {
            return items.size() + taken.get();
        }
    }

    private boolean start() {
        try {
            executor.execute(this::drain);
            return true;
        } catch (RejectedExecutionException nodeStops) {
            close();
            return false;
        }
    }

    /// Drops what waits; the consumer is not called again but for one item that is being handed
    /// over at that moment.
    void close() {
        synchronized (items) {
            closed = true;
            items.clear();
        }
    }

    private void drain() {
        var batch = new ArrayDeque<T>(BATCH);
        while (take(batch)) {
            for (var item = batch.poll(); item != null; item = batch.poll()) {
                taken.lazySet(batch.size());
                if (!closed) {
                    consume(item);
                }
            }
        }
    }

    /// The next items; false when there are none, and the consumer goes.
    private boolean take(ArrayDeque<T> batch) {
        for (var look = 0; look < LINGER_LOOKS && !isAnyWaiting; look++) {
            Thread.onSpinWait();
        }
        synchronized (items) {
            for (var item = items.poll(); item != null; item = items.poll()) {
                batch.add(item);
                if (batch.size() == BATCH) {
                    break;
                }
            }
            isAnyWaiting = !items.isEmpty();
            taken.lazySet(batch.size());
            draining = !batch.isEmpty();
            return draining;
        }
    }

    /// An assertion of a handler, its recursion without end or its missing class ends this item
    /// and not the queue.
    private void consume(T item) {
        try {
            consumer.accept(item);
        } catch (OutOfMemoryError fatal) {
            throw fatal;
        } catch (Throwable e) {
            LOG.atWarn().setCause(e).log("a consumer failed; the next item follows");
        }
    }
}
