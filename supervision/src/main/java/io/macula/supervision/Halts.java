package io.macula.supervision;

import java.time.Duration;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;

/// How one supervisor's children are stopped: asked first, killed when their time is over, forgotten
/// when their kind leaves no spec behind.
final class Halts {

    private final Spec spec;
    private final Shell shell;
    private final Consumer<Cell> forget;

    Halts(Spec spec, Shell shell, Consumer<Cell> forget) {
        this.spec = spec;
        this.shell = shell;
        this.forget = forget;
    }

    /// True when there is nothing, or nothing more, to wait for.
    boolean halt(Cell cell, boolean ownTimer) {
        if (cell.ref == null) {
            settle(cell);
            return true;
        }
        if (cell.dead != null) {
            cell.dead = null;
            settle(cell);
            return true;
        }
        if (cell.state == ChildState.STOPPING) {
            return false;
        }
        cell.become(ChildState.STOPPING);
        switch (cell.child.shutdown()) {
            case Shutdown.BrutalKill() -> kill(cell);
            case Shutdown.Infinity() -> shell.stop(cell);
            case Shutdown.Timeout(var limit) -> {
                shell.stop(cell);
                if (ownTimer) {
                    arm(cell, limit, new Internal.StopDue(cell, life(cell)));
                }
            }
        }
        return false;
    }

    void haltTogether(Plan.HaltTogether group) {
        group.begun = true;
        var limits = new TreeSet<Duration>();
        for (var cell : group.cells) {
            if (!halt(cell, false)) {
                group.waiting++;
                if (cell.child.shutdown() instanceof Shutdown.Timeout(var limit)) {
                    limits.add(limit);
                }
            }
        }
        for (var limit : limits) {
            shell.later(limit, new Internal.StopTogetherDue(group, limit));
        }
    }

    void kill(Cell cell) {
        shell.kill(cell);
        if (!cell.child.isSupervisor()) {
            arm(cell, spec.abandonAfter(), new Internal.AbandonDue(cell, life(cell)));
        }
    }

    void arm(Cell cell, Duration delay, Internal message) {
        cell.silence();
        cell.alarm = shell.later(delay, message);
    }

    private static Incarnation life(Cell cell) {
        return Objects.requireNonNull(cell.incarnation,
                "only a child with a life has a timer");
    }

    void stopDue(Cell cell, Incarnation life) {
        if (cell.isLife(life) && cell.state == ChildState.STOPPING) {
            kill(cell);
        }
    }

    void stopTogetherDue(Plan.HaltTogether group, Duration limit) {
        for (var cell : group.cells) {
            if (cell.state == ChildState.STOPPING
                    && cell.child.shutdown().equals(new Shutdown.Timeout(limit))) {
                kill(cell);
            }
        }
    }

    /// Not running any more; a temporary or dynamic child leaves no spec behind.
    void settle(Cell cell) {
        cell.silence();
        cell.become(ChildState.DOWN);
        if (cell.child.restart() == Restart.TEMPORARY || spec.strategy() == Strategy.DYNAMIC) {
            forget.accept(cell);
        }
    }
}
