package io.macula.runtime.global;

import io.macula.actors.state.SharedState;
import io.macula.app.GuardedState;
import io.macula.app.State;
import io.macula.app.StateKey;
import io.macula.app.coordination.Fence;
import io.macula.crdt.Crdt;
import io.macula.crdt.Edit;
import io.macula.crdt.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;

/// Values under one guard, in a branch for each fence ([Branches]).
final class NodeGuardedState implements GuardedState {

    private static final Duration AGAIN = Duration.ofMillis(50);

    /// What passes from one branch to the next.
    private static final Set<Type> KINDS = Set.of(Type.OR_SET, Type.LWW_MAP, Type.LWW_REGISTER,
            Type.PN_COUNTER);

    private final Branches branches;
    private final SharedState shared;
    private final Function<List<Edit>, CompletionStage<State.Changed>> make;
    private final GuardTurns turns;
    private final Lock turn;

    NodeGuardedState(String name, SharedState shared,
            Function<List<Edit>, CompletionStage<State.Changed>> make, GuardTurns turns) {
        var length = name.getBytes(StandardCharsets.UTF_8).length;
        if (length < 1 || length > Branches.SERVICE_BYTES_MAX || name.indexOf('/') >= 0) {
            throw new IllegalArgumentException("the name of a guard has 1 to "
                    + Branches.SERVICE_BYTES_MAX + " bytes and no '/': " + name);
        }
        this.branches = Branches.ofGuard(name);
        this.shared = shared;
        this.make = make;
        this.turns = turns;
        this.turn = turns.of(name);
    }

    @Override
    public <S extends Crdt<S>> S get(StateKey<S> key) {
        var root = shared.values();
        return branches.counting(root)
                .map(branch -> key.below(branches.prefix(branch)))
                .orElseGet(() -> key.below(branches.prefix(Branches.COMMON)))
                .in(root);
    }

    @Override
    public Optional<Fence> newest() {
        return branches.counting(shared.values()).map(Branches::fence);
    }

    @Override
    public <S extends Crdt<S>> CompletionStage<Written> update(Fence fence, StateKey<S> key,
            State.Change<S> change) {
        if (!KINDS.contains(key.type())) {
            return CompletableFuture.completedStage(new Written.NotDone(new State.Changed.Invalid(
                    "a value under a guard is a set, fields, a register or a counter")));
        }
        if (!turns.enter()) {
            return CompletableFuture.completedStage(
                    new Written.NotDone(new State.Changed.Busy(AGAIN)));
        }
        var branch = Branches.branch(fence);
        var edit = key.below(branches.prefix(branch)).edit(change);
        return CompletableFuture.supplyAsync(() -> inTurn(branch, edit), Thread::startVirtualThread)
                .whenComplete((_, _) -> turns.leave());
    }

    private Written inTurn(String branch, Edit edit) {
        turn.lock();
        try {
            return switch (new Handover(branches, shared).run(branch, _ -> List.of())) {
                case TakeOver.Result.Begun() -> write(branch, edit);
                case TakeOver.Result.Outdated() -> outdated();
                case TakeOver.Result.NotYet(var why) -> isOutdated(branch)
                        ? outdated()
                        : new Written.NotDone(new State.Changed.Unavailable(why));
            };
        } finally {
            turn.unlock();
        }
    }

    private Written write(String branch, Edit edit) {
        var changed = make.apply(List.of(branches.guard(branch), edit))
                .toCompletableFuture()
                .join();
        return switch (changed) {
            case State.Changed.Done(var version) -> new Written.Done(version);
            case State.Changed.Unchanged(var version) -> new Written.Done(version);
            case State.Changed.Invalid _ when isOutdated(branch) -> outdated();
            case State.Changed _ -> new Written.NotDone(changed);
        };
    }

    private boolean isOutdated(String branch) {
        return branches.counting(shared.values())
                .filter(counts -> counts.compareTo(branch) > 0)
                .isPresent();
    }

    private Written outdated() {
        return new Written.Outdated("a newer fence was used" + newest().map(
                fence -> ", " + fence.value()).orElse(""));
    }
}
