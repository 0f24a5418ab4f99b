package io.macula.app.coordination;

/// Says how new a grant is: of any two grants in a Cluster, whatever they are for, the later one has
/// the greater fence. A holder that was paused or cut off may believe in a grant that has passed on;
/// only the resource it writes to can tell, by refusing a fence lower than one it has seen
/// ([FenceGate]).
///
/// @param value
///            from 1; grows strictly, not by one
public record Fence(long value) implements Comparable<Fence> {

    public Fence {
        if (value < 1) {
            throw new IllegalArgumentException("a fence is at least 1: " + value);
        }
    }

    public boolean isNewerThan(Fence other) {
        return value > other.value;
    }

    @Override
    public int compareTo(Fence other) {
        return Long.compare(value, other.value);
    }
}
