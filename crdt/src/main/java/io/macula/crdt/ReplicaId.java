package io.macula.crdt;

import java.util.random.RandomGenerator;

/// Names one writer of dots: a node, and the epoch of its memory. A node that lost its durable
/// state takes another epoch, so that it never numbers two different changes alike.
///
/// @param node
///            the node, the first eight bytes of its id
/// @param epoch
///            1 or more; another one whenever the node forgot what it had written
public record ReplicaId(long node, int epoch) implements Comparable<ReplicaId> {

    public ReplicaId {
        if (epoch < 1) {
            throw new IllegalArgumentException("an epoch is 1 or more, not " + epoch);
        }
    }

    /// The first epoch of `node`.
    public static ReplicaId of(long node) {
        return new ReplicaId(node, 1);
    }

    /// A new epoch for a node that cannot know which ones it had: drawn by lot, for a clock may step
    /// back to where an epoch was taken before. Should two ever be the same (one chance in two
    /// thousand million), the replicator notices at the first peer that knows more dots of it than
    /// were written, and draws again.
    public static ReplicaId fresh(long node, RandomGenerator random) {
        return new ReplicaId(node, 1 + random.nextInt(Integer.MAX_VALUE));
    }

    /// This replica's `n`-th change.
    public Dot dot(long n) {
        return new Dot(this, n);
    }

    @Override
    public int compareTo(ReplicaId other) {
        var byNode = Long.compareUnsigned(node, other.node);
        return byNode != 0 ? byNode : Integer.compare(epoch, other.epoch);
    }

    @Override
    public String toString() {
        return Long.toHexString(node) + "/" + epoch;
    }
}
