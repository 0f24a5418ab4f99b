package io.macula.crdt;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A node of a [LongTrie]. Level 0 holds values, higher levels nodes; only occupied places take
/// room. The sums of single values are not kept: a partly covered leaf is summed one by one.
final class TrieNode {

    private static final int BITS = 4;
    private static final int LEVEL_MAX = 15;

    final int size;
    private final int occupied;
    private final long high;
    private final long low;
    private final Object[] slots;

    private TrieNode(int size, int occupied, long high, long low, Object[] slots) {
        this.size = size;
        this.occupied = occupied;
        this.high = high;
        this.low = low;
        this.slots = slots;
    }

    static boolean covers(int level, long n) {
        return level >= LEVEL_MAX || n >>> (BITS * (level + 1)) == 0;
    }

    /// A node one level higher with `below` as its first child.
    static TrieNode above(TrieNode below) {
        return new TrieNode(below.size, 1, below.high, below.low, new Object[]{below});
    }

    static TrieNode with(@Nullable TrieNode node, int level, long n, Object value,
            Fingerprint weight) {
        if (node == null) {
            var child = level == 0 ? value : with(null, level - 1, n, value, weight);
            return new TrieNode(1, bit(level, n), weight.high(), weight.low(), new Object[]{child});
        }
        return node.with(level, n, value, weight);
    }

    private TrieNode with(int level, long n, Object value, Fingerprint weight) {
        var bit = bit(level, n);
        var at = position(bit);
        Object[] changed;
        if ((occupied & bit) == 0) {
            changed = new Object[slots.length + 1];
            System.arraycopy(slots, 0, changed, 0, at);
            System.arraycopy(slots, at, changed, at + 1, slots.length - at);
            changed[at] = level == 0 ? value : with(null, level - 1, n, value, weight);
        } else if (level == 0) {
            throw new IllegalStateException("two values for " + n);
        } else {
            changed = slots.clone();
            changed[at] = ((TrieNode) slots[at]).with(level - 1, n, value, weight);
        }
        return new TrieNode(size + 1, occupied | bit, high + weight.high(), low + weight.low(),
                changed);
    }

    @Nullable
    TrieNode without(int level, long n, Fingerprint weight) {
        var bit = bit(level, n);
        if ((occupied & bit) == 0) {
            throw new IllegalStateException("nothing stands at " + n);
        }
        if (size == 1) {
            return null;
        }
        var at = position(bit);
        var child = level == 0 ? null : ((TrieNode) slots[at]).without(level - 1, n, weight);
        Object[] changed;
        if (child == null) {
            changed = new Object[slots.length - 1];
            System.arraycopy(slots, 0, changed, 0, at);
            System.arraycopy(slots, at + 1, changed, at, changed.length - at);
        } else {
            changed = slots.clone();
            changed[at] = child;
        }
        var occupiedAfter = child == null ? occupied & ~bit : occupied;
        return new TrieNode(size - 1, occupiedAfter, high - weight.high(), low - weight.low(),
                changed);
    }

    @Nullable
    Object get(int level, long n) {
        var node = this;
        for (int l = level; l > 0; l--) {
            var bit = bit(l, n);
            if ((node.occupied & bit) == 0) {
                return null;
            }
            node = (TrieNode) node.slots[node.position(bit)];
        }
        var bit = bit(0, n);
        return (node.occupied & bit) == 0 ? null : node.slots[node.position(bit)];
    }

    /// Shows values in order while `more` says so; whether it always did.
    boolean walk(int level, long base, long from, long to, Predicate<Object> more) {
        int at = 0;
        for (int way = 0; way < 16; way++) {
            if ((occupied & 1 << way) == 0) {
                continue;
            }
            var start = base + ((long) way << (BITS * level));
            var end = start + (1L << (BITS * level)) - 1;
            var child = slots[at++];
            if (end < from || start > to) {
                continue;
            }
            if (!(level == 0
                    ? more.test(child)
                    : ((TrieNode) child).walk(level - 1, start, from, to, more))) {
                return false;
            }
        }
        return true;
    }

    void sum(int level, long base, long from, long to, Total total) {
        var end = base + (1L << (BITS * (level + 1))) - 1;
        if (level < LEVEL_MAX && from <= base && end <= to) {
            total.add(size, high, low);
            return;
        }
        if (level == 0) {
            walk(0, base, from, to, value -> {
                var weight = ((LongTrie.Weighed) value).fingerprint();
                total.add(1, weight.high(), weight.low());
                return true;
            });
            return;
        }
        int at = 0;
        for (int way = 0; way < 16; way++) {
            if ((occupied & 1 << way) != 0) {
                var start = base + ((long) way << (BITS * level));
                var child = (TrieNode) slots[at++];
                if (start <= to && start + (1L << (BITS * level)) - 1 >= from) {
                    child.sum(level - 1, start, from, to, total);
                }
            }
        }
    }

    /// A sum under way.
    static final class Total {

        private int count;
        private long high;
        private long low;

        void add(int count, long high, long low) {
            this.count += count;
            this.high += high;
            this.low += low;
        }

        LongTrie.Sum sum() {
            return new LongTrie.Sum(count, new Fingerprint(high, low));
        }
    }

    private static int bit(int level, long n) {
        return 1 << ((n >>> (BITS * level)) & 15);
    }

    private int position(int bit) {
        return Integer.bitCount(occupied & bit - 1);
    }
}
