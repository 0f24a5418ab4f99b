package io.macula.it.linear;

import java.util.Optional;

/// A lock whose every grant has a greater fence than the one before.
final class LockModel implements Model<LockModel.State, LockModel.Operation> {

    /// @param fence
    ///            of the holder; 0 when it is free or its holder's fence is not known
    /// @param attempt
    ///            of the holder whose fence is not known; 0 when there is none
    /// @param last
    ///            the highest fence known to have been granted
    record State(long fence, long attempt, long last) {

        boolean isFree() {
            return fence == 0 && attempt == 0;
        }

        State freed() {
            return new State(0, 0, last);
        }
    }

    sealed interface Operation {
        record Granted(long fence) implements Operation {}

        record Released(long fence) implements Operation {}

        /// The release found that the lock was not held under that fence.
        record NotHeld(long fence) implements Operation {}

        record ReleasedMaybe(long fence) implements Operation {}

        /// Asked for, and nobody answered.
        record GrantedMaybe(long attempt) implements Operation {}

        /// What nobody answered is withdrawn, some time later.
        record Withdrawn(long attempt) implements Operation {}

        /// The holder's session was ended by the voters.
        record Lapsed(long fence) implements Operation {}
    }

    @Override
    public State initial() {
        return new State(0, 0, 0);
    }

    @Override
    public Optional<State> after(State state, Operation operation) {
        return switch (operation) {
            case Operation.Granted(var fence) ->
                then(state.isFree() && fence > state.last(), new State(fence, 0, fence));
            case Operation.Released(var fence) -> then(state.fence() == fence, state.freed());
            case Operation.NotHeld(var fence) -> then(state.fence() != fence, state);
            case Operation.ReleasedMaybe(var fence) -> then(state.fence() == fence, state.freed());
            case Operation.Lapsed(var fence) -> then(state.fence() == fence, state.freed());
            case Operation.GrantedMaybe(var attempt) ->
                then(state.isFree(), new State(0, attempt, state.last()));
            case Operation.Withdrawn(var attempt) ->
                then(state.attempt() == attempt, state.freed());
        };
    }

    private static Optional<State> then(boolean possible, State next) {
        return possible ? Optional.of(next) : Optional.empty();
    }
}
