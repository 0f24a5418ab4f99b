package io.macula.crdt;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A map of registers: a field that is put while another replica removes it stays, and of two
/// concurrent puts the later stamp wins.
public final class LwwMap extends Crdt<LwwMap> {

    public static final LwwMap EMPTY = new LwwMap(Causal.empty(Type.LWW_MAP));

    LwwMap(Causal state) {
        super(state);
    }

    @Override
    LwwMap with(Causal newState) {
        return new LwwMap(newState);
    }

    /// The delta that puts `value` into `field`.
    public LwwMap put(Dot dot, Stamp stamp, Bytes field, Bytes value) {
        return with(
                state.write(dot, field, new Leaf.Assigned(stamp, value), state.leaves().at(field)));
    }

    public LwwMap put(Dot dot, Stamp stamp, String field, String value) {
        return put(dot, stamp, Bytes.utf8(field), Bytes.utf8(value));
    }

    /// The delta that removes `field` as far as it was seen here.
    public LwwMap remove(Bytes field) {
        return with(state.erase(state.leaves().at(field)));
    }

    public LwwMap remove(String field) {
        return remove(Bytes.utf8(field));
    }

    public Optional<Bytes> get(Bytes field) {
        return Lww.winner(state.leaves().at(field)).map(Leaf.Assigned::value);
    }

    public Optional<Bytes> get(String field) {
        return get(Bytes.utf8(field));
    }

    public int size() {
        return state.leaves().slots().size();
    }

    /// Fields and values in ascending order of the fields. Costs the size of the map.
    public Map<Bytes, Bytes> asMap() {
        var map = new TreeMap<Bytes, Bytes>();
        state.leaves()
                .slots()
                .forEach((field, siblings) -> Lww.winner(siblings.entries())
                        .ifPresent(winner -> map.put(field, winner.value())));
        return map;
    }
}
