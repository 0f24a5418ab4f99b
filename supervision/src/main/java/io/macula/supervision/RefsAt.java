package io.macula.supervision;

import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// [Refs] seen from the supervisor that lives in `slot`.
final class RefsAt implements Refs {

    private final Slot slot;
    private final Branch branch;
    private final @Nullable RefsAt above;

    RefsAt(Slot slot, @Nullable RefsAt above) {
        this.slot = slot;
        this.branch = slot.branch();
        this.above = above;
    }

    Branch branch() {
        return branch;
    }

    RefsAt below(String id) {
        return new RefsAt(branch.slot(id), this);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> ActorRef<T> get(Key<T> key) {
        return (ActorRef<T>) (ActorRef<?>) branch.slot(key.id()).stable();
    }

    @Override
    public RefsAt at(String... ids) {
        var there = this;
        for (var id : ids) {
            there = there.below(id);
        }
        return there;
    }

    @Override
    public RefsAt parent() {
        return above == null ? this : above;
    }

    @Override
    public RefsAt root() {
        return above == null ? this : above.root();
    }

    @Override
    @SuppressWarnings("unchecked")
    public ActorRef<Supervisor.Command> supervisor() {
        return (ActorRef<Supervisor.Command>) (ActorRef<?>) slot.stable();
    }

    @Override
    public TreePath path() {
        return branch.path();
    }
}
