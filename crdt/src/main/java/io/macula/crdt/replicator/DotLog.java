package io.macula.crdt.replicator;

import io.macula.crdt.Batch;
import io.macula.crdt.DotSet;
import io.macula.crdt.LongTrie;
import io.macula.crdt.ReplicaId;
import io.macula.crdt.ReplicaMap;
import java.util.ArrayList;
import java.util.List;

/// The batches that some member may still miss, by dot. Bounded in bytes; a value.
final class DotLog {

    static final DotLog EMPTY = new DotLog(ReplicaMap.empty(), DotSet.EMPTY, 0);

    private final ReplicaMap<LongTrie<Batch>> byReplica;
    private final DotSet dots;
    private final long sizeBytes;

    private DotLog(ReplicaMap<LongTrie<Batch>> byReplica, DotSet dots, long sizeBytes) {
        this.byReplica = byReplica;
        this.dots = dots;
        this.sizeBytes = sizeBytes;
    }

    /// The dots of all batches in the log.
    DotSet dots() {
        return dots;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    boolean isEmpty() {
        return dots.isEmpty();
    }

    /// With `batch`; a batch that starts at a dot already logged changes nothing.
    DotLog plus(Batch batch) {
        var trie = of(batch.first().replica());
        if (trie.get(batch.first().n()) != null) {
            return this;
        }
        return new DotLog(
                byReplica.with(batch.first().replica(), trie.with(batch.first().n(), batch)),
                dots.plus(batch.dots()), sizeBytes + batch.sizeBytes());
    }

    DotLog minus(List<Batch> batches) {
        var rest = byReplica;
        var restDots = dots;
        long restBytes = sizeBytes;
        for (var batch : batches) {
            var replica = batch.first().replica();
            rest = rest.with(replica,
                    rest.getOr(replica, LongTrie.empty()).without(batch.first().n()));
            restDots = restDots.minus(DotSet.of(batch.dots()));
            restBytes -= batch.sizeBytes();
        }
        return new DotLog(rest, restDots, restBytes);
    }

    /// The batches with a dot in `wanted`, in order, about `bytesMax` of them and at least one.
    List<Batch> batches(DotSet wanted, long bytesMax) {
        var batches = new ArrayList<Batch>();
        var left = new long[]{bytesMax};
        for (var range : wanted.intersect(dots).ranges()) {
            var from = Math.max(1, range.from() - Batch.CHANGES_MAX + 1);
            of(range.replica()).walk(from, range.to(), batch -> {
                var isNew = batches.isEmpty() || !batches.getLast().first().equals(batch.first());
                if (isNew && batch.dots().to() >= range.from()) {
                    left[0] -= batch.sizeBytes();
                    batches.add(batch);
                }
                return left[0] > 0;
            });
            if (left[0] <= 0) {
                break;
            }
        }
        return batches;
    }

    /// The batches all of whose dots are in `stable`.
    List<Batch> within(DotSet stable) {
        var batches = new ArrayList<Batch>();
        for (var range : stable.intersect(dots).ranges()) {
            of(range.replica()).forEach(range.from(), range.to(), batch -> {
                if (range.to() >= batch.dots().to()) {
                    batches.add(batch);
                }
            });
        }
        return batches;
    }

    /// Batches to give up so that the log falls well below `bytesMax`: the oldest of the replica
    /// that has most. None when it is small enough.
    List<Batch> excess(long bytesMax) {
        var batches = new ArrayList<Batch>();
        var log = this;
        while (log.sizeBytes > bytesMax) {
            var eighth = log.oldestEighth();
            batches.addAll(eighth);
            log = log.minus(eighth);
        }
        return batches;
    }

    private List<Batch> oldestEighth() {
        var largest = byReplica.replicas().getFirst();
        for (var replica : byReplica.replicas()) {
            largest = of(replica).size() > of(largest).size() ? replica : largest;
        }
        int count = of(largest).size() / 8 + 1;
        var batches = new ArrayList<Batch>();
        of(largest).walk(0, Long.MAX_VALUE, batch -> batches.add(batch) && batches.size() < count);
        return batches;
    }

    private LongTrie<Batch> of(ReplicaId replica) {
        return byReplica.getOr(replica, LongTrie.empty());
    }
}
