package io.macula.supervision;

import java.time.Instant;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// A supervisor's own record of one child. Changed only by its supervisor; [#view] is for readers.
final class Cell {

    final Child<?> child;
    /// Position in the order of the supervisor's children.
    final long order;

    ChildState state = ChildState.DOWN;
    int generation;
    /// How many times a start was tried; makes actor names differ.
    int attempts;
    /// Restarts that failed in a row.
    int failures;
    /// While `RESTARTING`: when the next attempt is due, in the tree's nanoseconds.
    long waitsUntil;
    /// Where the child lives, whatever its incarnation.
    @Nullable Slot slot;
    @Nullable Incarnation incarnation;
    @Nullable ActorRef<Object> ref;
    /// A death that has happened and is not yet dealt with.
    @Nullable Exit dead;
    @Nullable Exit lastExit;
    /// Takes back the timer that runs for this child.
    @Nullable Runnable alarm;
    private volatile View view;

    /// What the live tree shows, immutable.
    record View(ChildState state, int generation, Instant since, @Nullable Exit lastExit,
            @Nullable Incarnation incarnation) {}

    Cell(Child<?> child, long order) {
        this.child = child;
        this.order = order;
        this.view = new View(state, 0, Instant.now(), null, null);
    }

    String id() {
        return child.id();
    }

    /// Moves to `next` and shows it.
    void become(ChildState next) {
        state = next;
        if (next == ChildState.DOWN || next == ChildState.RESTARTING) {
            incarnation = null;
            ref = null;
        }
        view = new View(next, generation, Instant.now(), lastExit, incarnation);
    }

    View view() {
        return view;
    }

    boolean isActive() {
        return state == ChildState.RUNNING && dead == null;
    }

    boolean isLife(Incarnation other) {
        return incarnation == other;
    }

    void silence() {
        if (alarm != null) {
            alarm.run();
            alarm = null;
        }
    }

    ChildInfo info() {
        return new ChildInfo(id(), state, generation, child.isSupervisor(), ref);
    }
}
