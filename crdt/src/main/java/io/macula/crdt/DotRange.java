package io.macula.crdt;

/// Consecutive dots of one replica, both ends included.
public record DotRange(ReplicaId replica, long from, long to) {

    public DotRange {
        if (from < 1 || to < from) {
            throw new IllegalArgumentException("no range: " + from + " to " + to);
        }
    }

    /// How many dots lie in the range.
    public long length() {
        return to - from + 1;
    }

    public boolean contains(Dot dot) {
        return dot.replica().equals(replica) && from <= dot.n() && dot.n() <= to;
    }

    @Override
    public String toString() {
        return replica + ":" + from + "-" + to;
    }
}
