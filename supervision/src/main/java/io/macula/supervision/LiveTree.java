package io.macula.supervision;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts a snapshot together from what each supervisor has published, without asking any.
final class LiveTree {

    private LiveTree() {}

    static Node of(Tree tree) {
        return of(tree.slot());
    }

    static Node of(Slot slot) {
        var cell = slot.cell();
        return cell == null ? root(slot) : node(slot, cell);
    }

    private static Node root(Slot slot) {
        var limits = limits(slot.branch());
        var running = slot.branch().running();
        var state = slot.target() == null ? ChildState.DOWN : ChildState.RUNNING;
        var since = running == null ? Instant.EPOCH : running.since();
        return new Node(slot.id, state, 1, since, null, limits, null,
                children(slot.branch()));
    }

    private static Node node(Slot slot, Cell cell) {
        var view = cell.view();
        var running = running(view.incarnation());
        if (!cell.child.isSupervisor()) {
            return new Node(slot.id, view.state(), view.generation(), view.since(), view.lastExit(),
                    null, running,
                    List.of());
        }
        var children = view.incarnation() == null ? List.<Node>of() : children(slot.branch());
        return new Node(slot.id, view.state(), view.generation(), view.since(), view.lastExit(),
                limits(slot.branch()), running, children);
    }

    private static List<Node> children(Branch branch) {
        record Inhabitant(Slot slot, Cell cell) {}
        var inhabitants = new ArrayList<Inhabitant>();
        for (var slot : branch.slots()) {
            var cell = slot.cell();
            if (cell != null) {
                inhabitants.add(new Inhabitant(slot, cell));
            }
        }
        inhabitants.sort(Comparator.comparingLong(one -> one.cell().order));
        return inhabitants.stream().map(one -> node(one.slot(), one.cell())).toList();
    }

    private static Node.@Nullable Limits limits(Branch branch) {
        var running = branch.running();
        return running == null
                ? null
                : new Node.Limits(running.spec().strategy(),
                        branch.restarts(), running.spec().intensity(), running.spec().period());
    }

    private static Node.@Nullable Running running(@Nullable Incarnation life) {
        var thread = life == null ? null : life.thread();
        if (life == null || thread == null) {
            return null;
        }
        var time = Duration.ofNanos(Math.max(0, System.nanoTime() - life.enteredNanos()));
        return new Node.Running(thread.getName(), time, List.of(thread.getStackTrace()));
    }
}
