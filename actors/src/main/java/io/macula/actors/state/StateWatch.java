package io.macula.actors.state;

import io.macula.crdt.Bytes;
import io.macula.crdt.Difference;
import io.macula.crdt.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One subscription. Its handler is called on threads of an executor, one call at a time. While it is
/// busy, newer differences of an element take the place of older ones, so that what waits is never
/// more than there are elements.
public final class StateWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StateWatch.class);

    private record Slot(Path path, Bytes slot) {}

    private final Interest interest;
    private final Consumer<List<Difference>> handler;
    private final Executor executor;
    private final Consumer<StateWatch> onClose;
    private final Object lock = new Object();
    private LinkedHashMap<Slot, Difference> waiting = new LinkedHashMap<>();
    private boolean handling;
    private boolean closed;

    StateWatch(Interest interest, Consumer<List<Difference>> handler, Executor executor,
            Consumer<StateWatch> onClose) {
        this.interest = interest;
        this.handler = handler;
        this.executor = executor;
        this.onClose = onClose;
    }

    Interest interest() {
        return interest;
    }

    /// Takes what the subscriber wants of `differences`.
    void offer(List<Difference> differences) {
        synchronized (lock) {
            if (closed) {
                return;
            }
            for (var difference : differences) {
                if (interest.wants(difference.path())) {
                    waiting.putLast(slot(difference), difference);
                }
            }
            if (handling || waiting.isEmpty()) {
                return;
            }
            handling = true;
        }
        try {
            executor.execute(this::handle);
        } catch (RejectedExecutionException nodeStops) {
            close();
        }
    }

    private static Slot slot(Difference difference) {
        return switch (difference) {
            case Difference.Added(var path, var element) -> new Slot(path, element);
            case Difference.Removed(var path, var element) -> new Slot(path, element);
            case Difference.Assigned(var path, var field, _) -> new Slot(path, field);
            case Difference.Cleared(var path, var field) -> new Slot(path, field);
            case Difference.Counted(var path, _) -> new Slot(path, Bytes.EMPTY);
        };
    }

    private void handle() {
        for (var next = next(); !next.isEmpty(); next = next()) {
            try {
                handler.accept(next);
            } catch (RuntimeException e) {
                LOG.atWarn().setCause(e).log("a subscriber of shared state failed");
            }
        }
    }

    private List<Difference> next() {
        synchronized (lock) {
            handling = !closed && !waiting.isEmpty();
            if (!handling) {
                return List.of();
            }
            var next = new ArrayList<>(waiting.values());
            waiting = new LinkedHashMap<>(); // clearing one that was large once costs its size each time
            return next;
        }
    }

    /// The handler is not called again, but for a call that is under way.
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            waiting.clear();
        }
        onClose.accept(this);
    }
}
