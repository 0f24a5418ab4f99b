package io.macula.app;

import io.macula.crdt.BoundedCounter;
import io.macula.crdt.Bytes;
import io.macula.crdt.Crdt;
import io.macula.crdt.Edit;
import io.macula.crdt.GCounter;
import io.macula.crdt.LwwMap;
import io.macula.crdt.LwwRegister;
import io.macula.crdt.OrMap;
import io.macula.crdt.OrSet;
import io.macula.crdt.PnCounter;
import io.macula.crdt.Type;
import java.util.Objects;

/// The name of a value of shared state, with its type. Name and type together are the address: a set
/// and a counter of one name are two values, so that no two nodes ever disagree about a type.
///
/// @param <S> what is kept there
public final class StateKey<S extends Crdt<S>> {

    private final String name;
    private final Type type;
    private final Class<S> kind;

    private StateKey(String name, Type type, Class<S> kind) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a key has at least one character");
        }
        this.name = name;
        this.type = type;
        this.kind = kind;
    }

    /// A set; adding wins over a concurrent removal.
    public static StateKey<OrSet> set(String name) {
        return new StateKey<>(name, Type.OR_SET, OrSet.class);
    }

    /// One value; the last write wins.
    public static StateKey<LwwRegister> register(String name) {
        return new StateKey<>(name, Type.LWW_REGISTER, LwwRegister.class);
    }

    /// A counter that grows and shrinks.
    public static StateKey<PnCounter> counter(String name) {
        return new StateKey<>(name, Type.PN_COUNTER, PnCounter.class);
    }

    /// A counter that only grows.
    public static StateKey<GCounter> growingCounter(String name) {
        return new StateKey<>(name, Type.G_COUNTER, GCounter.class);
    }

    /// A counter that never falls below zero.
    public static StateKey<BoundedCounter> boundedCounter(String name) {
        return new StateKey<>(name, Type.BOUNDED_COUNTER, BoundedCounter.class);
    }

    /// A map of values of which the last write wins.
    public static StateKey<LwwMap> fields(String name) {
        return new StateKey<>(name, Type.LWW_MAP, LwwMap.class);
    }

    /// A map of values of all types, maps too.
    public static StateKey<OrMap> map(String name) {
        return new StateKey<>(name, Type.OR_MAP, OrMap.class);
    }

    public String name() {
        return name;
    }

    public Type type() {
        return type;
    }

    /// The key of the same type whose name begins with `prefix`.
    public StateKey<S> below(String prefix) {
        return new StateKey<>(prefix + name, type, kind);
    }

    /// The value under this key; an empty one when nothing is there.
    public S in(OrMap root) {
        return kind.cast(root.get(Bytes.utf8(name), type));
    }

    /// A change of this value, to be made together with others by [State#updateAll].
    public Edit edit(State.Change<S> change) {
        return (root, tick) -> change.apply(in(root), tick);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StateKey<?> that && name.equals(that.name) && type == that.type;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type);
    }

    @Override
    public String toString() {
        return type + " " + name;
    }
}
