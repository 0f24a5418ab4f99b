package io.macula.crdt;

import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An immutable hash map whose copies share all but one path: a compressed hash-array mapped
/// prefix tree (Steindorfer and Vinju 2015). Its order depends on hashes; whoever needs an order
/// sorts.
final class PersistentMap<K, V> {

    private static final PersistentMap<?, ?> EMPTY = new PersistentMap<>(MapNode.empty(), 0);

    private final MapNode<K, V> root;
    private final int size;

    private PersistentMap(MapNode<K, V> root, int size) {
        this.root = root;
        this.size = size;
    }

    @SuppressWarnings("unchecked") // holds nothing
    static <K, V> PersistentMap<K, V> empty() {
        return (PersistentMap<K, V>) EMPTY;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    @Nullable
    V get(K key) {
        return root.get(key, MapNode.spread(key), 0);
    }

    PersistentMap<K, V> with(K key, V value) {
        return updated(key, _ -> value);
    }

    PersistentMap<K, V> without(K key) {
        return updated(key, _ -> null);
    }

    /// Replaces what stands at `key` (null: nothing) by what `change` makes of it (null: nothing),
    /// in one walk.
    PersistentMap<K, V> updated(K key, Function<@Nullable V, @Nullable V> change) {
        var edit = new MapNode.Edit<K, V>(key, MapNode.spread(key), change);
        var next = root.updated(edit, 0);
        return next == root ? this : new PersistentMap<>(next, size + edit.sizeChange());
    }

    void forEach(BiConsumer<K, V> action) {
        root.forEach(action);
    }
}
