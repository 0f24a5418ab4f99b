package io.macula.crdt;

/// Names one change for ever: the `n`-th of a replica, counted from 1.
public record Dot(ReplicaId replica, long n) implements Comparable<Dot> {

    public Dot {
        if (n < 1) {
            throw new IllegalArgumentException("dots count from 1, not " + n);
        }
    }

    @Override
    public int compareTo(Dot other) {
        var byReplica = replica.compareTo(other.replica);
        return byReplica != 0 ? byReplica : Long.compare(n, other.n);
    }

    @Override
    public String toString() {
        return replica + ":" + n;
    }
}
