package io.macula.app;

import io.macula.crdt.Bytes;
import io.macula.crdt.Crdt;
import io.macula.crdt.Difference;
import io.macula.crdt.Edit;
import io.macula.crdt.LwwRegister;
import io.macula.crdt.Tick;
import io.macula.crdt.replicator.Version;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// Values that every node of a group has, changes at any time, and agrees on in the end: counters,
/// registers, sets and maps that merge (`macula-crdt`).
///
/// **Consistency:** strong eventual. A change is visible here at once and on the other nodes within
/// tens of milliseconds while they can be reached; nodes that have seen the same changes hold the
/// same values, in whatever order those came. Concurrent changes merge by the rules of the type;
/// none of them gives mutual exclusion. Reading and changing never wait for other nodes: both work
/// in a partition, on either side of it.
///
/// **Durability:** as the node is configured. `async`: a change is safe on this node's disk within
/// 200 ms, and on the others' when it has reached them; a crash of this node before that, alone,
/// loses it. `sync`: a change is on this node's disk when it is [Changed.Done]. Without a data
/// directory the other nodes are all there is.
///
/// **Order:** changes of one [#update] or [#updateAll] become visible together everywhere. A
/// [Version] orders reads after changes, also across nodes.
///
/// Stages never fail; every change is answered exactly once.
public interface State {

    /// The value as it is here now; an empty one when nothing is there. Asks nobody and never waits.
    <S extends Crdt<S>> S get(StateKey<S> key);

    /// The value as soon as all that `atLeast` stands for is visible here: read-your-writes with
    /// the version of a change, monotone reads with that of an earlier read, made on this node or
    /// any other.
    <S extends Crdt<S>> CompletionStage<Read<S>> get(StateKey<S> key, Version atLeast,
            Duration patience);

    /// A token for all that is visible here now.
    Version version();

    /// Writes a register; of concurrent writes the last one wins.
    CompletionStage<Changed> put(StateKey<LwwRegister> key, Bytes value);

    /// Changes one value. `change` gets the value as it is and returns the delta that one of its
    /// methods makes (`(cart, tick) -> cart.add(tick.dot(), "milk")`), for one element, field or
    /// count. It runs on the process that keeps the state, so it must be quick and must not block;
    /// when it throws, nothing is changed. It may be called once more when a change made together with
    /// it fails, so it must do nothing but return the delta.
    <S extends Crdt<S>> CompletionStage<Changed> update(StateKey<S> key, Change<S> change);

    /// Makes up to 128 changes that become visible together, here and everywhere; each sees what
    /// those before it did. Make them with [StateKey#edit].
    CompletionStage<Changed> updateAll(List<Edit> edits);

    /// Values of their own, which only the holder of the newest fence changes.
    ///
    /// @param name of 1 to 256 bytes, which all who mean the same values use
    GuardedState guarded(String name);

    /// Calls `handler` with the elements, fields and counts that changed under the key or prefix,
    /// until the subscription is closed: first with all that is there, then with what changes, local
    /// or remote. One call at a time, in order, off the node's own threads. When the handler is slow,
    /// newer differences of one element take the place of older ones: it always ends at the truth
    /// but may not see every step. After a crash of the node's process all that is there is told
    /// again; what such a crash lost is not.
    Subscribed subscribe(Interest interest, Consumer<List<Difference>> handler);

    /// A change of one value: from what it is to a delta.
    @FunctionalInterface
    interface Change<S extends Crdt<S>> {
        Crdt<?> apply(S value, Tick tick);
    }

    /// What a read came to.
    sealed interface Read<S> {

        /// @param version stands for what was visible, for later reads
        record Value<S>(S value, Version version) implements Read<S> {}

        /// What was asked for has not arrived here in time; `value` is what there is.
        record NotYet<S>(S value, String message) implements Read<S> {}
    }

    /// What a change came to.
    sealed interface Changed {

        /// It is visible here; `version` makes it visible to reads on any node.
        record Done(Version version) implements Changed {}

        /// There was nothing to change, such as a removal of what is not there.
        record Unchanged(Version version) implements Changed {}

        /// Nothing was changed: too much is under way. Try again after a while.
        record Busy(Duration retryAfter) implements Changed {}

        /// Nothing was changed: a limit is broken (element 4 KiB, value 64 KiB, key 512 bytes, a
        /// number of entries).
        ///
        /// @param what was too large, such as `element`
        /// @param is its size, `max` the largest that is allowed
        record TooLarge(String what, long is, long max) implements Changed {}

        /// Nothing was changed: the function failed, or its change is none of that value.
        record Invalid(String message) implements Changed {}

        /// Nothing was changed: this node takes no changes now, because its disk does not.
        record Unavailable(String message) implements Changed {}

        /// The node's process crashed or the node stopped; the change may or may not have been made.
        record Unknown(String message) implements Changed {}
    }

    /// What a subscription is about.
    sealed interface Interest {

        record Key(String name) implements Interest {}

        /// Every key that begins with this; all keys when empty.
        record Prefix(String prefix) implements Interest {}
    }

    /// What became of a subscription.
    sealed interface Subscribed {

        record Active(Subscription subscription) implements Subscribed {}

        /// There are too many on this node.
        record Refused(String message) implements Subscribed {}
    }

    /// A running subscription.
    interface Subscription extends AutoCloseable {

        /// The handler is not called again, but for a call that is under way.
        @Override
        void close();
    }
}
