package io.macula.crdt;

import java.util.Optional;

/// One value, last writer wins. A write replaces every write it has seen, whatever the clocks say;
/// only between concurrent writes the later stamp decides, then replica, then value.
public final class LwwRegister extends Crdt<LwwRegister> {

    public static final LwwRegister EMPTY = new LwwRegister(Causal.empty(Type.LWW_REGISTER));

    LwwRegister(Causal state) {
        super(state);
    }

    @Override
    LwwRegister with(Causal newState) {
        return new LwwRegister(newState);
    }

    /// The delta that assigns `value`.
    public LwwRegister assign(Dot dot, Stamp stamp, Bytes value) {
        var seen = state.leaves().at(Bytes.EMPTY);
        return with(state.write(dot, Bytes.EMPTY, new Leaf.Assigned(stamp, value), seen));
    }

    public LwwRegister assign(Dot dot, Stamp stamp, String value) {
        return assign(dot, stamp, Bytes.utf8(value));
    }

    /// The delta that takes back every assignment seen here.
    public LwwRegister clear() {
        return with(state.erase(state.entries()));
    }

    /// The value; empty when never assigned or cleared.
    public Optional<Bytes> value() {
        return Lww.winner(state.leaves().at(Bytes.EMPTY)).map(Leaf.Assigned::value);
    }

    /// The stamp of the value.
    public Optional<Stamp> stamp() {
        return Lww.winner(state.leaves().at(Bytes.EMPTY)).map(Leaf.Assigned::stamp);
    }
}
