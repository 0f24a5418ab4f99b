package io.macula.crdt;

import java.util.Set;
import java.util.TreeSet;

/// A set of byte strings in which adding wins: an element is in when some add of it has not been
/// seen by a remove. Keeps no tombstones (optimised OR-Set, Bieniusa et al. 2012).
public final class OrSet extends Crdt<OrSet> {

    public static final OrSet EMPTY = new OrSet(Causal.empty(Type.OR_SET));

    OrSet(Causal state) {
        super(state);
    }

    @Override
    OrSet with(Causal newState) {
        return new OrSet(newState);
    }

    /// The delta that adds `element`.
    public OrSet add(Dot dot, Bytes element) {
        return with(state.write(dot, element, Leaf.Presence.HERE, state.leaves().at(element)));
    }

    public OrSet add(Dot dot, String element) {
        return add(dot, Bytes.utf8(element));
    }

    /// The delta that removes `element` as far as it was seen here; adds made elsewhere at the same
    /// time survive it. Says nothing when the element is not in.
    public OrSet remove(Bytes element) {
        return with(state.erase(state.leaves().at(element)));
    }

    public OrSet remove(String element) {
        return remove(Bytes.utf8(element));
    }

    /// The delta that removes every element seen here.
    public OrSet clear() {
        return with(state.erase(state.entries()));
    }

    public boolean contains(Bytes element) {
        return !state.leaves().at(element).isEmpty();
    }

    public boolean contains(String element) {
        return contains(Bytes.utf8(element));
    }

    public int size() {
        return state.leaves().slots().size();
    }

    /// The elements in ascending order. Costs the size of the set.
    public Set<Bytes> elements() {
        var elements = new TreeSet<Bytes>();
        state.leaves().slots().forEach((element, _) -> elements.add(element));
        return elements;
    }
}
