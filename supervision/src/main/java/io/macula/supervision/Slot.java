package io.macula.supervision;

import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// The place of one child in a tree: who lives there now, its stable ref once somebody asked, and
/// what the live tree shows of it. It outlives incarnations, of the child and of its supervisor.
final class Slot {

    final String id;
    private final Tree tree;
    private final TreePath above;
    private volatile @Nullable ActorRef<Object> target;
    private long boundTicket;
    private @Nullable ActorRef<Object> stable;
    private @Nullable Branch branch;
    private volatile @Nullable Cell cell;

    /// @param above path of the supervisor whose child lives here
    Slot(Tree tree, TreePath above, String id) {
        this.tree = tree;
        this.above = above;
        this.id = id;
    }

    /// Messages to the stable ref reach `ref` from now on, unless a later incarnation is bound.
    synchronized void bind(ActorRef<Object> ref, long ticket) {
        if (ticket > boundTicket) {
            boundTicket = ticket;
            target = ref;
        }
    }

    synchronized void unbind(long ticket) {
        if (boundTicket == ticket) {
            target = null;
        }
    }

    synchronized ActorRef<Object> stable() {
        if (stable == null) {
            stable = tree.stableRefs()
                    .create(ActorNames.encode(id), this::deliver);
        }
        return stable;
    }

    private void deliver(Object message) {
        var current = target;
        if (current != null) {
            current.tell(message);
        } else {
            tree.deadLetters().tell(message);
        }
    }

    /// The supervisor's children, when a supervisor lives here.
    synchronized Branch branch() {
        if (branch == null) {
            branch = new Branch(tree, path());
        }
        return branch;
    }

    /// The child is forgotten; its ref and those below it are dead.
    synchronized void release() {
        target = null;
        if (stable != null) {
            tree.stableRefs().release(stable);
            stable = null;
        }
        if (branch != null) {
            branch.release();
        }
    }

    void show(@Nullable Cell current) {
        cell = current;
    }

    @Nullable
    Cell cell() {
        return cell;
    }

    /// What comes between the child here and what happens to it; null, as nearly always, for nothing.
    @Nullable
    Interference interference() {
        var current = tree.interference();
        if (current == null) {
            return null;
        }
        var inhabitant = cell;
        return inhabitant == null || inhabitant.child.isSupervisor() ? null : current;
    }

    @Nullable
    ActorRef<Object> target() {
        return target;
    }

    TreePath path() {
        return above.child(id);
    }
}
