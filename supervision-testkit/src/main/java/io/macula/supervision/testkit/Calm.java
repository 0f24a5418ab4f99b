package io.macula.supervision.testkit;

import io.macula.supervision.ChildCounts;
import io.macula.supervision.ChildState;
import io.macula.supervision.Node;
import io.macula.supervision.Supervision;
import io.macula.supervision.Supervisor;
import io.macula.supervision.TreePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/// Waits in real time until the trees of a system seem to be at rest: every supervisor has answered, no
/// child is between two states, and nothing has changed meanwhile.
final class Calm {

    private static final Duration ANSWER = Duration.ofMillis(500);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int ROUNDS = 3;

    private final ActorSystem<?> system;
    private final Supervision supervision;

    Calm(ActorSystem<?> system) {
        this.system = system;
        this.supervision = Supervision.of(system);
    }

    /// True when they came to rest within `patience`.
    boolean await(Duration patience) {
        var until = System.nanoTime() + patience.toNanos();
        var before = List.<String>of();
        for (int calm = 0; calm < ROUNDS;) {
            if (System.nanoTime() > until) {
                return false;
            }
            var answered = supervisors().stream().allMatch(this::answers);
            var now = states();
            calm = answered && now.equals(before) && isAtRest() ? calm + 1 : 0;
            before = now;
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    /// True when `condition` came true within `patience`.
    static boolean until(BooleanSupplier condition, Duration patience) {
        var until = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    private boolean answers(TreePath supervisor) {
        var reply = AskPattern.<Supervisor.Command, ChildCounts>ask(
                supervision.at(supervisor).supervisor(),
                Supervisor.CountChildren::new, ANSWER, system.scheduler())
                .toCompletableFuture();
        return until(reply::isDone, ANSWER) && !reply.isCompletedExceptionally();
    }

    private List<TreePath> supervisors() {
        var found = new ArrayList<TreePath>();
        Nodes.walk(supervision.snapshot(), (path, node) -> {
            if (node.isSupervisor() && node.state() == ChildState.RUNNING) {
                found.add(path);
            }
        });
        return found;
    }

    private boolean isAtRest() {
        var moving = new ArrayList<Node>();
        Nodes.walk(supervision.snapshot(), (_, node) -> {
            if (node.state() != ChildState.RUNNING && node.state() != ChildState.DOWN) {
                moving.add(node);
            }
        });
        return moving.isEmpty();
    }

    private List<String> states() {
        var states = new ArrayList<String>();
        Nodes.walk(supervision.snapshot(), (path, node) -> states
                .add(path + " " + node.generation() + " " + node.state() + " " + node.since()));
        return states;
    }
}
