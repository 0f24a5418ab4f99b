package io.macula.actors.local;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands items to a consumer one at a time and in order, on threads of an executor, so that a
/// slow or blocking consumer holds up nobody else. Holds at most `itemsMax`; what does not fit is
/// refused. A consumer that throws loses that item only.
final class SerialQueue<T> {

    private static final Logger LOG = LoggerFactory.getLogger(SerialQueue.class);

    private final ArrayDeque<T> items = new ArrayDeque<>();
    private final int itemsMax;
    private final Executor executor;
    private final Consumer<T> consumer;
    private boolean draining;
    private boolean closed;

    SerialQueue(int itemsMax, Executor executor, Consumer<T> consumer) {
        this.itemsMax = itemsMax;
        this.executor = executor;
        this.consumer = consumer;
    }

    /// False when the queue is full or closed, or the executor takes nothing any more.
    boolean offer(T item) {
        synchronized (items) {
            if (closed || items.size() >= itemsMax) {
                return false;
            }
            items.add(item);
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
            return items.size();
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
        for (var item = next(); item != null; item = next()) {
            consume(item);
        }
    }

    private @Nullable T next() {
        synchronized (items) {
            var item = items.poll();
            draining = item != null;
            return item;
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
