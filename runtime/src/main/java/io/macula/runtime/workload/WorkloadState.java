package io.macula.runtime.workload;

import io.macula.app.GuardedState;
import io.macula.app.State;
import io.macula.app.StateKey;
import io.macula.crdt.Bytes;
import io.macula.crdt.Crdt;
import io.macula.crdt.Difference;
import io.macula.crdt.Edit;
import io.macula.crdt.LwwRegister;
import io.macula.crdt.replicator.Version;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// [State] of which the subscriptions belong to a workload.
record WorkloadState(State state, Belongings belongings) implements State {

    @Override
    public <S extends Crdt<S>> S get(StateKey<S> key) {
        return state.get(key);
    }

    @Override
    public <S extends Crdt<S>> CompletionStage<Read<S>> get(StateKey<S> key, Version atLeast,
            Duration patience) {
        return state.get(key, atLeast, patience);
    }

    @Override
    public Version version() {
        return state.version();
    }

    @Override
    public CompletionStage<Changed> put(StateKey<LwwRegister> key, Bytes value) {
        return state.put(key, value);
    }

    @Override
    public <S extends Crdt<S>> CompletionStage<Changed> update(StateKey<S> key,
            Change<S> change) {
        return state.update(key, change);
    }

    @Override
    public CompletionStage<Changed> updateAll(List<Edit> edits) {
        return state.updateAll(edits);
    }

    @Override
    public GuardedState guarded(String name) {
        return state.guarded(name);
    }

    @Override
    public Subscribed subscribe(Interest interest, Consumer<List<Difference>> handler) {
        return switch (state.subscribe(interest, handler)) {
            case Subscribed.Refused refused -> refused;
            case Subscribed.Active(var subscription) -> new Subscribed.Active(
                    belongings.add(new Owned(subscription, belongings)));
        };
    }

    private record Owned(Subscription subscription, Belongings belongings)
            implements
                Subscription {

        @Override
        public void close() {
            belongings.forget(this);
            subscription.close();
        }
    }
}
