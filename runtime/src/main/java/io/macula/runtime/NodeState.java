package io.macula.runtime;

import io.macula.actors.services.RegistryNames;
import io.macula.actors.state.Outcome;
import io.macula.actors.state.SharedState;
import io.macula.app.GuardedState;
import io.macula.app.State;
import io.macula.app.StateKey;
import io.macula.crdt.Bytes;
import io.macula.crdt.Crdt;
import io.macula.crdt.Difference;
import io.macula.crdt.Edit;
import io.macula.crdt.LwwRegister;
import io.macula.crdt.replicator.Version;
import io.macula.runtime.global.Guards;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// Shared state as a workload sees it.
final class NodeState implements State {

    private final SharedState shared;
    private final Guards guards;

    NodeState(SharedState shared) {
        this.shared = shared;
        this.guards = new Guards(shared, this::updateAll);
    }

    @Override
    public <S extends Crdt<S>> S get(StateKey<S> key) {
        return key.in(shared.values());
    }

    @Override
    public <S extends Crdt<S>> CompletionStage<Read<S>> get(StateKey<S> key, Version atLeast,
            Duration patience) {
        return shared.reached(atLeast, patience)
                .thenApply(isThere -> isThere
                        ? new Read.Value<>(get(key), shared.version())
                        : new Read.NotYet<>(get(key), "what was asked for has not arrived here"
                                + " within " + patience.toMillis() + " ms"));
    }

    @Override
    public Version version() {
        return shared.version();
    }

    @Override
    public CompletionStage<Changed> put(StateKey<LwwRegister> key, Bytes value) {
        return update(key,
                (register, tick) -> register.assign(tick.dot(), tick.stamp(), value));
    }

    @Override
    public <S extends Crdt<S>> CompletionStage<Changed> update(StateKey<S> key,
            Change<S> change) {
        return key.name().startsWith(RegistryNames.PREFIX)
                ? CompletableFuture.completedStage(new Changed.Invalid(RegistryNames.NOT_YOURS))
                : updateAll(List.of(key.edit(change)));
    }

    @Override
    public CompletionStage<Changed> updateAll(List<Edit> edits) {
        return shared.update(edits).thenApply(NodeState::changed);
    }

    @Override
    public GuardedState guarded(String name) {
        return guards.named(name);
    }

    private static Changed changed(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(var version) -> new Changed.Done(version);
            case Outcome.Unchanged(var version) -> new Changed.Unchanged(version);
            case Outcome.Busy(var retryAfter) -> new Changed.Busy(retryAfter);
            case Outcome.TooLarge(var limit) ->
                new Changed.TooLarge(limit.what(), limit.is(), limit.max());
            case Outcome.Invalid(var message) -> new Changed.Invalid(message);
            case Outcome.Unavailable(var message) -> new Changed.Unavailable(message);
            case Outcome.Unknown(var message) -> new Changed.Unknown(message);
        };
    }

    @Override
    public Subscribed subscribe(Interest interest, Consumer<List<Difference>> handler) {
        var wanted = switch (interest) {
            case Interest.Key(var name) -> new io.macula.actors.state.Interest.InKey(
                    Bytes.utf8(name));
            case Interest.Prefix(var prefix) -> new io.macula.actors.state.Interest.InPrefix(
                    Bytes.utf8(prefix));
        };
        return shared.watch(wanted, handler)
                .<Subscribed>map(watch -> new Subscribed.Active(watch::close))
                .orElseGet(() -> new Subscribed.Refused("this node has as many subscriptions to"
                        + " shared state as it may"));
    }
}
