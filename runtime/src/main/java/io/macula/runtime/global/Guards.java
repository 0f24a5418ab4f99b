package io.macula.runtime.global;

import io.macula.actors.state.SharedState;
import io.macula.app.GuardedState;
import io.macula.app.State.Changed;
import io.macula.crdt.Edit;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// The guarded values of one node.
public final class Guards {

    private final SharedState shared;
    private final Function<List<Edit>, CompletionStage<Changed>> make;
    private final GuardTurns turns = new GuardTurns();

    /// @param make changes shared state, and says what a workload is told of it
    public Guards(SharedState shared, Function<List<Edit>, CompletionStage<Changed>> make) {
        this.shared = shared;
        this.make = make;
    }

    /// @throws IllegalArgumentException
    ///             if the name is empty, longer than 256 bytes, or has a slash
    public GuardedState named(String name) {
        return new NodeGuardedState(name, shared, make, turns);
    }
}
