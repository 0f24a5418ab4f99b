package io.macula.coordination.state;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A map during one step: copied when it is first changed.
final class Table<K extends Comparable<K>, V> {

    private final SortedMap<K, V> before;
    private @Nullable SortedMap<K, V> changed;

    Table(SortedMap<K, V> before) {
        this.before = before;
    }

    SortedMap<K, V> now() {
        return changed == null ? before : changed;
    }

    @Nullable
    V get(K key) {
        return now().get(key);
    }

    int size() {
        return now().size();
    }

    void put(K key, V value) {
        changing().put(key, value);
    }

    void remove(K key) {
        changing().remove(key);
    }

    private SortedMap<K, V> changing() {
        if (changed == null) {
            changed = new TreeMap<>(before);
        }
        return changed;
    }
}
