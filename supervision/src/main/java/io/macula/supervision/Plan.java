package io.macula.supervision;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// What a supervisor is doing now, step by step: OTP's blocking callbacks without blocking a thread.
final class Plan {

    sealed interface Step {}

    /// Starts a child and waits until it is up; `onFailure` replaces the rest of the plan.
    record Start(Cell cell, BiConsumer<Cell, Exit> onFailure) implements Step {}

    /// Stops a child by its rule and waits until it is gone.
    record Halt(Cell cell) implements Step {}

    /// Stops many children at once and waits until all are gone. Identity matters, not content.
    static final class HaltTogether implements Step {
        final List<Cell> cells;
        boolean begun;
        int waiting;

        HaltTogether(Collection<Cell> cells) {
            this.cells = List.copyOf(cells);
        }
    }

    record Do(Runnable action) implements Step {}

    private final Deque<Step> steps = new ArrayDeque<>();
    private @Nullable Step current;

    void start(Cell cell, BiConsumer<Cell, Exit> onFailure) {
        steps.add(new Start(cell, onFailure));
    }

    void halt(Cell cell) {
        steps.add(new Halt(cell));
    }

    void haltTogether(Collection<Cell> cells) {
        steps.add(new HaltTogether(cells));
    }

    void then(Runnable action) {
        steps.add(new Do(action));
    }

    /// The step being done, or the next one; null when there is nothing left to do.
    @Nullable
    Step current() {
        if (current == null) {
            current = steps.poll();
        }
        return current;
    }

    void done() {
        current = null;
    }

    /// Forgets the step being done and all that should follow.
    void clear() {
        current = null;
        steps.clear();
    }
}
