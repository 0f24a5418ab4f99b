package io.macula.app;

import io.macula.app.coordination.Fence;
import io.macula.crdt.Crdt;
import io.macula.crdt.replicator.Version;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Shared values that only the holder of the newest fence changes: what a lock or a leadership is about,
/// when that is shared state itself. Values of one guard belong together; others are not touched.
///
/// ```java
/// var stock = platform.state().guarded("stock");
/// stock.update(lock.fence(), StateKey.counter("apples"), (apples, tick) -> apples.increment(tick.dot(), 3));
/// ```
///
/// **Exclusion:** all nodes agree which fence is the newest one they know, and read only what was written under it and
/// before it. A change under an older fence is refused where the newer one is known, and changes nothing anywhere else,
/// whenever it arrives. A holder that was paused may so be told `Done` and be overruled: what counts is what is read.
///
/// **Passing on:** the first change under a newer fence takes over the values as they are on that node; what the holder before
/// changed in its last moments and is not there yet (about 20 ms) is lost. It costs one edit for each
/// element, so keep thousands of them, not millions. Use a fence on one node only.
///
/// **In a partition** both sides change what they know to be theirs; after the heal the newer fence's changes are the ones that count.
///
/// Sets, fields, registers and counters ([StateKey#counter]) can be guarded. The name of a guard has at most 256 bytes,
/// with that of a value at most 470.
public interface GuardedState {

    /// The value as it is here now, whoever changed it last. Asks nobody and never waits.
    <S extends Crdt<S>> S get(StateKey<S> key);

    /// The newest fence known here; empty while nothing was ever changed.
    Optional<Fence> newest();

    /// Changes one value under the fence of a lock or leadership. Changes made on one node follow each other in the order in
    /// which they are asked for only if each waits for the one before.
    ///
    /// @param change as in [State#update]
    <S extends Crdt<S>> CompletionStage<Written> update(Fence fence, StateKey<S> key,
            State.Change<S> change);

    /// What a change came to.
    sealed interface Written {

        /// It is visible here.
        record Done(Version version) implements Written {}

        /// Nothing was changed: a newer fence was used.
        record Outdated(String message) implements Written {}

        /// Nothing was changed, or, for [State.Changed.Unknown], perhaps.
        record NotDone(State.Changed why) implements Written {}
    }
}
