package io.macula.arcade.match;

import java.util.Comparator;

/// Who says how a match stands. The higher epoch counts; should two nodes have gone on under the same one, the greater node id.
public record Authority(long epoch, String node) implements Comparable<Authority> {

    /// Below every other.
    public static final Authority NONE = new Authority(0, "");

    private static final Comparator<Authority> ORDER = Comparator.comparingLong(Authority::epoch)
            .thenComparing(Authority::node);

    @Override
    public int compareTo(Authority other) {
        return ORDER.compare(this, other);
    }

    boolean isAbove(Authority other) {
        return compareTo(other) > 0;
    }
}
