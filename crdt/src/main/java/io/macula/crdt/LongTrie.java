package io.macula.crdt;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// An immutable map from a number (0 or more) to `V`, sorted, 16 ways per level. Every node knows how
/// many values lie below it and the sum of their fingerprints, so any range is summed up in
/// logarithmic time.
public final class LongTrie<V extends LongTrie.Weighed> {

    /// A value and what it adds to the sum.
    public interface Weighed {
        Fingerprint fingerprint();
    }

    private static final LongTrie<?> EMPTY = new LongTrie<>(null, 0);

    private final @Nullable TrieNode root;
    /// The root covers numbers below 16^(height + 1).
    private final int height;

    private LongTrie(@Nullable TrieNode root, int height) {
        this.root = root;
        this.height = height;
    }

    @SuppressWarnings("unchecked") // holds nothing
    public static <V extends Weighed> LongTrie<V> empty() {
        return (LongTrie<V>) EMPTY;
    }

    public int size() {
        return root == null ? 0 : root.size;
    }

    public boolean isEmpty() {
        return root == null;
    }

    @SuppressWarnings("unchecked") // only V stands in leaves
    public @Nullable V get(long n) {
        if (root == null || !TrieNode.covers(height, n)) {
            return null;
        }
        return (V) root.get(height, n);
    }

    /// With `value` at `n`. The place must be empty.
    public LongTrie<V> with(long n, V value) {
        var top = root;
        int level = height;
        while (!TrieNode.covers(level, n)) {
            top = top == null ? null : TrieNode.above(top);
            level++;
        }
        return new LongTrie<>(TrieNode.with(top, level, n, value, value.fingerprint()), level);
    }

    /// Without what stands at `n`. The place must be taken.
    public LongTrie<V> without(long n) {
        var value = get(n);
        if (root == null || value == null) {
            throw new IllegalStateException("nothing stands at " + n);
        }
        var rest = root.without(height, n, value.fingerprint());
        return rest == null ? empty() : new LongTrie<>(rest, height);
    }

    /// Calls `action` with every value from `from` to `to`, both included, in ascending order.
    public void forEach(long from, long to, Consumer<? super V> action) {
        walk(from, to, value -> {
            action.accept(value);
            return true;
        });
    }

    /// Like [#forEach], but stops when `more` says no.
    @SuppressWarnings("unchecked") // only V stands in leaves
    public void walk(long from, long to, Predicate<? super V> more) {
        if (root != null) {
            root.walk(height, 0, from, to, value -> more.test((V) value));
        }
    }

    /// How many values lie between `from` and `to`, both included, and the sum of their
    /// fingerprints.
    public Sum sum(long from, long to) {
        var total = new TrieNode.Total();
        if (root != null) {
            root.sum(height, 0, from, to, total);
        }
        return total.sum();
    }

    /// A count and a fingerprint.
    public record Sum(int count, Fingerprint fingerprint) {

        public static final Sum NOTHING = new Sum(0, Fingerprint.ZERO);

        public Sum plus(Sum other) {
            return new Sum(count + other.count, fingerprint.plus(other.fingerprint));
        }
    }
}
