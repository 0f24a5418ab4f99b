package io.macula.crdt;

/// A counter that only grows.
public final class GCounter extends Crdt<GCounter> {

    public static final GCounter ZERO = new GCounter(Causal.empty(Type.G_COUNTER));

    GCounter(Causal state) {
        super(state);
    }

    @Override
    GCounter with(Causal newState) {
        return new GCounter(newState);
    }

    /// The delta that counts one.
    public GCounter increment(Dot dot) {
        return increment(dot, 1);
    }

    /// The delta that counts `by`, 1 or more.
    public GCounter increment(Dot dot, long by) {
        Tallies.requirePositive(by);
        return with(Tallies.count(state, dot, by, 0));
    }

    public long value() {
        return Tallies.total(state.leaves().at(Bytes.EMPTY));
    }
}
