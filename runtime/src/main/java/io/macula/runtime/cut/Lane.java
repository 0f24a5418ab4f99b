package io.macula.runtime.cut;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Lets events through one at a time and in their order, and keeps them while the way is cut, as a transport does that
/// sends again. Holds no lock while an event runs. Safe to use from any thread.
final class Lane {

    private final BooleanSupplier isCut;
    private final Deque<Runnable> held = new ArrayDeque<>();
    private boolean isRunning;
    private boolean isOver;

    Lane(BooleanSupplier isCut) {
        this.isCut = isCut;
    }

    void pass(Runnable event) {
        synchronized (held) {
            if (isOver) {
                return;
            }
            held.add(event);
        }
        flush();
    }

    /// Runs what is held, if the way is open.
    void flush() {
        for (var event = next(true); event != null; event = next(false)) {
            boolean isFine = false;
            try {
                event.run();
                isFine = true;
            } finally {
                if (!isFine) {
                    stopped();
                }
            }
        }
    }

    /// @param isFirst false for whoever has run one already
    private @Nullable Runnable next(boolean isFirst) {
        synchronized (held) {
            if (isFirst && isRunning) {
                return null; // who runs will find it
            }
            var next = isCut.getAsBoolean() ? null : held.poll();
            isRunning = next != null;
            return next;
        }
    }

    private void stopped() {
        synchronized (held) {
            isRunning = false;
        }
    }

    /// Nothing passes any more; what is held is lost.
    void end() {
        synchronized (held) {
            isOver = true;
            held.clear();
        }
    }
}
