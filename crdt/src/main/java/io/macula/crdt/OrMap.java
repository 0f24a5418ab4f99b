package io.macula.crdt;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// A map of other values, maps too. A field is there while its value holds something. Name and type
/// together make a field, so concurrent writers never disagree about a type.
///
/// A change is made on the nested value and lifted: `map.of(map.set("tags").add(dot, "new"))`.
/// Removing a field resets it: everything seen in it goes, what was written there at the same
/// time stays. A counter writes totals, so a concurrent increment brings back what the same
/// replica had counted before.
public final class OrMap extends Crdt<OrMap> {

    public static final OrMap EMPTY = new OrMap(Causal.empty(Type.OR_MAP));

    OrMap(Causal state) {
        super(state);
    }

    @Override
    OrMap with(Causal newState) {
        return new OrMap(newState);
    }

    /// The delta of this map that does what `nested`, a delta of one of its values, does there.
    public OrMap of(Crdt<?> nested) {
        if (!nested.path().startsWith(path()) || nested.path().depth() == path().depth()) {
            throw new IllegalArgumentException("not a value of this map");
        }
        return with(state.fragment(nested.entries(), nested.context()));
    }

    /// The delta that removes what was seen under `name`, of whatever type.
    public OrMap remove(Bytes name) {
        var seen = new ArrayList<Entry>();
        for (var type : Type.values()) {
            seen.addAll(state.fields().field(new Path.Step(name, type)).entries());
        }
        return with(state.erase(seen));
    }

    public OrMap remove(String name) {
        return remove(Bytes.utf8(name));
    }

    /// The value at `name` and `type`, empty when there is none.
    public Crdt<?> get(Bytes name, Type type) {
        return wrap(child(name, type));
    }

    public OrSet set(String name) {
        return new OrSet(child(Bytes.utf8(name), Type.OR_SET));
    }

    public LwwRegister register(String name) {
        return new LwwRegister(child(Bytes.utf8(name), Type.LWW_REGISTER));
    }

    public LwwMap lwwMap(String name) {
        return new LwwMap(child(Bytes.utf8(name), Type.LWW_MAP));
    }

    public GCounter gCounter(String name) {
        return new GCounter(child(Bytes.utf8(name), Type.G_COUNTER));
    }

    public PnCounter counter(String name) {
        return new PnCounter(child(Bytes.utf8(name), Type.PN_COUNTER));
    }

    public BoundedCounter boundedCounter(String name) {
        return new BoundedCounter(child(Bytes.utf8(name), Type.BOUNDED_COUNTER));
    }

    public OrMap map(String name) {
        return new OrMap(child(Bytes.utf8(name), Type.OR_MAP));
    }

    /// The types that hold something under `name`.
    public List<Type> types(Bytes name) {
        return List.of(Type.values())
                .stream()
                .filter(type -> !state.fields().field(new Path.Step(name, type)).isEmpty())
                .toList();
    }

    /// The names that hold something, in ascending order. Costs the number of fields.
    public SortedSet<Bytes> names() {
        var names = new TreeSet<Bytes>();
        state.fields().fields().forEach((step, _) -> names.add(step.name()));
        return names;
    }

    public boolean isEmpty() {
        return state.fields().isEmpty();
    }

    private Causal child(Bytes name, Type type) {
        return state.child(new Path.Step(name, type));
    }
}
