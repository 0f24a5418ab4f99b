package io.macula.crdt;

/// A counter that grows and shrinks, below zero too.
public final class PnCounter extends Crdt<PnCounter> {

    public static final PnCounter ZERO = new PnCounter(Causal.empty(Type.PN_COUNTER));

    PnCounter(Causal state) {
        super(state);
    }

    @Override
    PnCounter with(Causal newState) {
        return new PnCounter(newState);
    }

    /// The delta that counts `by` up, 1 or more.
    public PnCounter increment(Dot dot, long by) {
        Tallies.requirePositive(by);
        return with(Tallies.count(state, dot, by, 0));
    }

    /// The delta that counts `by` down, 1 or more.
    public PnCounter decrement(Dot dot, long by) {
        Tallies.requirePositive(by);
        return with(Tallies.count(state, dot, 0, by));
    }

    public long value() {
        return Tallies.total(state.leaves().at(Bytes.EMPTY));
    }
}
