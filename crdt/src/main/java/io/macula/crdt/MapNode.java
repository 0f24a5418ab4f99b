package io.macula.crdt;

import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One node of a [PersistentMap]: 32 ways by five bits of the hash. `pairs` marks the ways that
/// hold a key and value in place, `nodes` those that lead on; in `slots` the pairs stand first.
/// Below the last level keys with one and the same hash form a plain list of pairs.
final class MapNode<K, V> {

    private static final int BITS = 5;
    private static final int LEVELS_END = 35;
    private static final MapNode<?, ?> EMPTY = new MapNode<>(0, 0, new Object[0]);

    private final int pairs;
    private final int nodes;
    private final Object[] slots;

    private MapNode(int pairs, int nodes, Object[] slots) {
        this.pairs = pairs;
        this.nodes = nodes;
        this.slots = slots;
    }

    @SuppressWarnings("unchecked") // holds nothing
    static <K, V> MapNode<K, V> empty() {
        return (MapNode<K, V>) EMPTY;
    }

    static int spread(Object key) {
        var hash = key.hashCode() * 0x9E3779B9;
        return hash ^ hash >>> 16;
    }

    /// One change under way, and whether it added or took away a key.
    static final class Edit<K, V> {

        private final K key;
        private final int hash;
        private final Function<@Nullable V, @Nullable V> change;
        private int sizeChange;

        Edit(K key, int hash, Function<@Nullable V, @Nullable V> change) {
            this.key = key;
            this.hash = hash;
            this.change = change;
        }

        int sizeChange() {
            return sizeChange;
        }
    }

    @Nullable
    V get(K key, int hash, int shift) {
        if (shift >= LEVELS_END) {
            var at = positionInList(key);
            return at < 0 ? null : value(at);
        }
        var bit = bit(hash, shift);
        if ((pairs & bit) != 0) {
            var at = pairAt(bit);
            return slots[at].equals(key) ? value(at) : null;
        }
        return (nodes & bit) == 0 ? null : node(nodeAt(bit)).get(key, hash, shift + BITS);
    }

    MapNode<K, V> updated(Edit<K, V> edit, int shift) {
        if (shift >= LEVELS_END) {
            return updatedInList(edit);
        }
        var bit = bit(edit.hash, shift);
        if ((nodes & bit) != 0) {
            return updatedBelow(edit, shift, bit);
        }
        if ((pairs & bit) == 0) {
            var added = edit.change.apply(null);
            if (added == null) {
                return this;
            }
            edit.sizeChange++;
            return new MapNode<>(pairs | bit, nodes, insertedPair(pairAt(bit), edit.key, added));
        }
        var at = pairAt(bit);
        if (key(at).equals(edit.key)) {
            return updatedPair(edit, at, bit);
        }
        var added = edit.change.apply(null);
        if (added == null) {
            return this;
        }
        edit.sizeChange++;
        return pushedDown(edit, added, at, bit, shift);
    }

    @SuppressWarnings("ReferenceEquality") // only saves a copy
    private MapNode<K, V> updatedPair(Edit<K, V> edit, int at, int bit) {
        var before = value(at);
        var after = edit.change.apply(before);
        if (after == before) {
            return this;
        }
        if (after == null) {
            edit.sizeChange--;
            return new MapNode<>(pairs & ~bit, nodes, removedPair(at));
        }
        var changed = slots.clone();
        changed[at + 1] = after;
        return new MapNode<>(pairs, nodes, changed);
    }

    private MapNode<K, V> updatedBelow(Edit<K, V> edit, int shift, int bit) {
        var at = nodeAt(bit);
        var before = node(at);
        var after = before.updated(edit, shift + BITS);
        if (after == before) {
            return this;
        }
        if (after.isOnePair()) { // pull it up, so that equal maps keep equal shapes
            return new MapNode<>(pairs | bit, nodes & ~bit, pulledUp(at, pairAt(bit), after));
        }
        var changed = slots.clone();
        changed[at] = after;
        return new MapNode<>(pairs, nodes, changed);
    }

    private MapNode<K, V> pushedDown(Edit<K, V> edit, V added, int at, int bit, int shift) {
        MapNode<K, V> below = empty();
        var held = value(at);
        below = below.updated(new Edit<>(key(at), spread(key(at)), _ -> held), shift + BITS);
        below = below.updated(new Edit<>(edit.key, edit.hash, _ -> added), shift + BITS);
        var nodesAfter = nodes | bit;
        var pairsAfter = pairs & ~bit;
        var without = removedPair(at);
        var insertAt = 2 * Integer.bitCount(pairsAfter) + Integer.bitCount(nodesAfter & bit - 1);
        var changed = new Object[without.length + 1];
        System.arraycopy(without, 0, changed, 0, insertAt);
        changed[insertAt] = below;
        System.arraycopy(without, insertAt, changed, insertAt + 1, without.length - insertAt);
        return new MapNode<>(pairsAfter, nodesAfter, changed);
    }

    private MapNode<K, V> updatedInList(Edit<K, V> edit) {
        var at = positionInList(edit.key);
        if (at >= 0) {
            return updatedPair(edit, at, 0);
        }
        var added = edit.change.apply(null);
        if (added == null) {
            return this;
        }
        edit.sizeChange++;
        return new MapNode<>(0, 0, insertedPair(slots.length, edit.key, added));
    }

    void forEach(BiConsumer<K, V> action) {
        var pairsEnd = isList() ? slots.length : 2 * Integer.bitCount(pairs);
        for (int i = 0; i < pairsEnd; i += 2) {
            action.accept(key(i), value(i));
        }
        for (int i = pairsEnd; i < slots.length; i++) {
            node(i).forEach(action);
        }
    }

    private boolean isList() {
        return pairs == 0 && nodes == 0;
    }

    private boolean isOnePair() {
        return nodes == 0 && slots.length == 2;
    }

    private int positionInList(K key) {
        for (int i = 0; i < slots.length; i += 2) {
            if (slots[i].equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private Object[] insertedPair(int at, K key, V value) {
        var changed = new Object[slots.length + 2];
        System.arraycopy(slots, 0, changed, 0, at);
        changed[at] = key;
        changed[at + 1] = value;
        System.arraycopy(slots, at, changed, at + 2, slots.length - at);
        return changed;
    }

    private Object[] removedPair(int at) {
        var changed = Arrays.copyOf(slots, slots.length - 2);
        System.arraycopy(slots, at + 2, changed, at, changed.length - at);
        return changed;
    }

    private Object[] pulledUp(int nodeAt, int pairAt, MapNode<K, V> onePair) {
        var changed = new Object[slots.length + 1];
        System.arraycopy(slots, 0, changed, 0, pairAt);
        changed[pairAt] = onePair.slots[0];
        changed[pairAt + 1] = onePair.slots[1];
        System.arraycopy(slots, pairAt, changed, pairAt + 2, nodeAt - pairAt);
        System.arraycopy(slots, nodeAt + 1, changed, nodeAt + 2, slots.length - nodeAt - 1);
        return changed;
    }

    private static int bit(int hash, int shift) {
        return 1 << (hash >>> shift & 31);
    }

    private int pairAt(int bit) {
        return 2 * Integer.bitCount(pairs & bit - 1);
    }

    private int nodeAt(int bit) {
        return 2 * Integer.bitCount(pairs) + Integer.bitCount(nodes & bit - 1);
    }

    @SuppressWarnings("unchecked") // only K stands there
    private K key(int at) {
        return (K) slots[at];
    }

    @SuppressWarnings("unchecked") // only V stands there
    private V value(int at) {
        return (V) slots[at + 1];
    }

    @SuppressWarnings("unchecked") // only nodes of the same map stand there
    private MapNode<K, V> node(int at) {
        return (MapNode<K, V>) slots[at];
    }
}
