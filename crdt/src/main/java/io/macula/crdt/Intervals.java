package io.macula.crdt;

import java.util.Arrays;

/// A set of positive numbers as sorted, disjoint, never touching intervals. A version vector entry
/// is one interval from 1; each gap costs one more.
final class Intervals {

    static final Intervals NONE = new Intervals(new long[0]);

    /// from, to, from, to ...; both ends included.
    private final long[] ends;

    private Intervals(long[] ends) {
        this.ends = ends;
    }

    static Intervals of(long from, long to) {
        return new Intervals(new long[]{from, to});
    }

    boolean isEmpty() {
        return ends.length == 0;
    }

    int count() {
        return ends.length / 2;
    }

    long from(int index) {
        return ends[2 * index];
    }

    long to(int index) {
        return ends[2 * index + 1];
    }

    /// The largest member, 0 when there is none.
    long max() {
        return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    long size() {
        long size = 0;
        for (int i = 0; i < count(); i++) {
            size += to(i) - from(i) + 1;
        }
        return size;
    }

    boolean contains(long n) {
        var at = firstReaching(n);
        return at < count() && from(at) <= n;
    }

    boolean containsAll(long from, long to) {
        var at = firstReaching(from);
        return at < count() && from(at) <= from && to <= to(at);
    }

    /// The first interval whose end is `n` or more.
    private int firstReaching(long n) {
        int low = 0;
        int high = count();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (to(middle) < n) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    Intervals plus(long from, long to) {
        if (containsAll(from, to)) {
            return this;
        }
        if (!isEmpty() && from == max() + 1) {
            var longer = ends.clone();
            longer[longer.length - 1] = to;
            return new Intervals(longer);
        }
        return union(of(from, to));
    }

    @SuppressWarnings("ReferenceEquality") // only saves a copy
    Intervals union(Intervals other) {
        if (other.isEmpty() || this == other) {
            return this;
        }
        if (isEmpty()) {
            return other;
        }
        if (other.count() == 1 && containsAll(other.from(0), other.to(0))) {
            return this;
        }
        var merged = new Builder(ends.length + other.ends.length);
        int i = 0;
        int j = 0;
        while (i < count() || j < other.count()) {
            if (j == other.count() || (i < count() && from(i) <= other.from(j))) {
                merged.add(from(i), to(i++));
            } else {
                merged.add(other.from(j), other.to(j++));
            }
        }
        return merged.build();
    }

    Intervals intersect(Intervals other) {
        var common = new Builder(ends.length + other.ends.length);
        int i = 0;
        int j = 0;
        while (i < count() && j < other.count()) {
            var from = Math.max(from(i), other.from(j));
            var to = Math.min(to(i), other.to(j));
            if (from <= to) {
                common.add(from, to);
            }
            if (to(i) < other.to(j)) {
                i++;
            } else {
                j++;
            }
        }
        return common.build();
    }

    Intervals minus(Intervals other) {
        var rest = new Builder(ends.length + other.ends.length);
        int j = 0;
        for (int i = 0; i < count(); i++) {
            var from = from(i);
            while (j < other.count() && other.to(j) < from) {
                j++;
            }
            for (int k = j; k < other.count() && other.from(k) <= to(i); k++) {
                if (from < other.from(k)) {
                    rest.add(from, other.from(k) - 1);
                }
                from = other.to(k) + 1;
            }
            if (from <= to(i)) {
                rest.add(from, to(i));
            }
        }
        return rest.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Intervals that && Arrays.equals(ends, that.ends);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ends);
    }

    /// Takes intervals in ascending order of their starts and joins those that touch.
    private static final class Builder {

        private final long[] ends;
        private int length;

        Builder(int capacity) {
            ends = new long[capacity];
        }

        void add(long from, long to) {
            if (length > 0 && from <= ends[length - 1] + 1) {
                ends[length - 1] = Math.max(ends[length - 1], to);
            } else {
                ends[length++] = from;
                ends[length++] = to;
            }
        }

        Intervals build() {
            return length == 0 ? NONE : new Intervals(Arrays.copyOf(ends, length));
        }
    }
}
