package io.macula.crdt;

import java.util.List;
import java.util.Optional;

/// A value that any number of replicas change at once and that ends up the same everywhere.
///
/// Immutable. A change gives a *delta*, a small value of the same type that knows exactly the dots
/// it speaks of; merging it into the value it was made from is the change. Merge is commutative,
/// associative and idempotent, for deltas and whole values alike.
///
/// A dot may be used for one change only. Who keeps one value numbers his dots 1, 2, 3 ... ([#next]);
/// a [Store] numbers the changes of all its values together.
public abstract sealed class Crdt<S extends Crdt<S>>
        permits GCounter, PnCounter, BoundedCounter, LwwRegister, OrSet,
        LwwMap, OrMap {

    final Causal state;

    Crdt(Causal state) {
        this.state = state;
    }

    abstract S with(Causal newState);

    /// The value made of `entries`, knowing `context`; empty when an entry has another type's leaf,
    /// a dot that is not in `context`, or a dot that another entry has.
    public static Optional<Crdt<?>> of(Type type, List<Entry> entries, DotSet context) {
        var state = Causal.empty(type).knowing(context);
        for (var entry : entries) {
            if (!context.contains(entry.dot()) || state.find(entry.replica(), entry.n()) != null
                    || !fits(type, entry)) {
                return Optional.empty();
            }
            state = state.plus(entry);
        }
        return Optional.of(wrap(state));
    }

    private static boolean fits(Type type, Entry entry) {
        var steps = entry.path().steps();
        var leafType = steps.isEmpty() ? type : steps.getLast().type();
        return entry.leaf().fits(leafType) && (type == Type.OR_MAP) == !steps.isEmpty();
    }

    static Crdt<?> wrap(Causal state) {
        return switch (state.type()) {
            case G_COUNTER -> new GCounter(state);
            case PN_COUNTER -> new PnCounter(state);
            case BOUNDED_COUNTER -> new BoundedCounter(state);
            case LWW_REGISTER -> new LwwRegister(state);
            case OR_SET -> new OrSet(state);
            case LWW_MAP -> new LwwMap(state);
            case OR_MAP -> new OrMap(state);
        };
    }

    public final Type type() {
        return state.type();
    }

    /// Where the value stands in the map it was taken from; empty when it stands alone.
    public final Path path() {
        return state.prefix();
    }

    /// Both values' changes together. Costs the size of `other`, so merging a delta is cheap.
    public final S merge(S other) {
        return with(state.join(other.state));
    }

    /// The smallest deltas that merge to this value: one per live entry and one per range of dots
    /// that are known to be dead.
    public final List<S> decompose() {
        return state.decompose().stream().map(this::with).toList();
    }

    /// The dots this value knows the fate of. Of a delta: exactly those it speaks of.
    public final DotSet context() {
        return state.known();
    }

    /// The live entries in the order of their dots.
    public final List<Entry> entries() {
        return state.entries();
    }

    /// The dot for the next change by `replica`, when this value is all it changes.
    public final Dot next(ReplicaId replica) {
        return state.known().next(replica);
    }

    /// Equal when type, place, live entries and known dots are.
    @Override
    public final boolean equals(Object other) {
        return other instanceof Crdt<?> that && type() == that.type() && path().equals(that.path())
                && context().equals(that.context()) && entries().equals(that.entries());
    }

    @Override
    public final int hashCode() {
        return 31 * context().hashCode() + entries().hashCode();
    }
}
