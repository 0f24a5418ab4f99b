package io.macula.crdt;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// An immutable map from replica to `V`, sorted, as two arrays: there are tens of replicas, not
/// thousands, so a copy is the cheapest change.
public final class ReplicaMap<V> {

    private static final ReplicaMap<?> EMPTY = new ReplicaMap<>(new ReplicaId[0], new Object[0]);

    private final ReplicaId[] replicas;
    private final Object[] values;

    private ReplicaMap(ReplicaId[] replicas, Object[] values) {
        this.replicas = replicas;
        this.values = values;
    }

    @SuppressWarnings("unchecked") // holds nothing
    public static <V> ReplicaMap<V> empty() {
        return (ReplicaMap<V>) EMPTY;
    }

    public int size() {
        return replicas.length;
    }

    public boolean isEmpty() {
        return replicas.length == 0;
    }

    public List<ReplicaId> replicas() {
        return List.of(replicas);
    }

    public @Nullable V get(ReplicaId replica) {
        var at = position(replica);
        return at < 0 ? null : valueAt(at);
    }

    public V getOr(ReplicaId replica, V fallback) {
        var at = position(replica);
        return at < 0 ? fallback : valueAt(at);
    }

    public ReplicaMap<V> with(ReplicaId replica, V value) {
        var at = position(replica);
        if (at >= 0) {
            var changed = values.clone();
            changed[at] = value;
            return new ReplicaMap<>(replicas, changed);
        }
        var insertAt = -at - 1;
        var keys = Arrays.copyOf(replicas, replicas.length + 1);
        var changed = Arrays.copyOf(values, values.length + 1);
        System.arraycopy(replicas, insertAt, keys, insertAt + 1, replicas.length - insertAt);
        System.arraycopy(values, insertAt, changed, insertAt + 1, values.length - insertAt);
        keys[insertAt] = replica;
        changed[insertAt] = value;
        return new ReplicaMap<>(keys, changed);
    }

    public ReplicaMap<V> without(ReplicaId replica) {
        var at = position(replica);
        if (at < 0) {
            return this;
        }
        var keys = Arrays.copyOf(replicas, replicas.length - 1);
        var changed = Arrays.copyOf(values, values.length - 1);
        System.arraycopy(replicas, at + 1, keys, at, keys.length - at);
        System.arraycopy(values, at + 1, changed, at, changed.length - at);
        return new ReplicaMap<>(keys, changed);
    }

    /// Both maps; where both hold a replica, `joined` decides.
    @SuppressWarnings("ReferenceEquality") // only saves a copy
    public ReplicaMap<V> union(ReplicaMap<V> other, BinaryOperator<V> joined) {
        var result = this;
        for (int i = 0; i < other.size(); i++) {
            var mine = get(other.replicas[i]);
            var next = mine == null ? other.valueAt(i) : joined.apply(mine, other.valueAt(i));
            if (next != mine) {
                result = result.with(other.replicas[i], next);
            }
        }
        return result;
    }

    public void forEach(BiConsumer<ReplicaId, V> action) {
        for (int i = 0; i < replicas.length; i++) {
            action.accept(replicas[i], valueAt(i));
        }
    }

    private int position(ReplicaId replica) {
        int low = 0;
        int high = replicas.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = replicas[middle].compareTo(replica);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -(low + 1);
    }

    /// The value of the replica that stands there in ascending order.
    @SuppressWarnings("unchecked") // only V goes in
    V valueAt(int index) {
        return (V) values[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReplicaMap<?> that && Arrays.equals(replicas, that.replicas)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(replicas) + Arrays.hashCode(values);
    }
}
