package io.macula.crdt.sim;

import io.macula.crdt.Batch;
import io.macula.crdt.Change;
import io.macula.crdt.Dot;
import io.macula.crdt.DotSet;
import io.macula.crdt.Entry;
import io.macula.crdt.Store;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Remembers every change that anybody ever made, lost or not, and so knows what each store must
/// look like: exactly the entries put by the changes it has seen, less those that were removed.
final class Ledger {

    private final Map<Dot, Change> changes = new HashMap<>();
    private final Map<Dot, Entry> put = new HashMap<>();
    private final Set<Dot> removed = new HashSet<>();
    private DotSet acknowledged = DotSet.EMPTY;

    /// Notes a change of the one who made it; says so when its dot was used before.
    Optional<String> made(Batch batch) {
        for (int i = 0; i < batch.changes().size(); i++) {
            var dot = batch.first().replica().dot(batch.first().n() + i);
            var change = batch.changes().get(i);
            var before = changes.put(dot, change);
            if (before != null && !before.equals(change)) {
                return Optional.of("dot " + dot + " was used for two changes");
            }
            change.removes().ranges().forEach(range -> {
                for (long n = range.from(); n <= range.to(); n++) {
                    removed.add(range.replica().dot(n));
                }
            });
            if (change instanceof Change.Put(var entry, _)) {
                put.put(dot, entry);
            }
        }
        return Optional.empty();
    }

    /// An update that was answered after it was on disk, and may never be lost while the disk is
    /// not.
    void acknowledged(DotSet dots) {
        acknowledged = acknowledged.union(dots);
    }

    /// The disk of this node is gone, and with it what it alone had acknowledged.
    void diskLost(long node) {
        for (var range : acknowledged.ranges()) {
            if (range.replica().node() == node) {
                acknowledged = acknowledged.minus(DotSet.of(range));
            }
        }
    }

    Optional<String> lostAcknowledged(Store store) {
        var lost = acknowledged.minus(store.seen());
        return lost.isEmpty()
                ? Optional.empty()
                : Optional.of("acknowledged changes are lost: " + lost);
    }

    /// What is wrong with `store`, if anything.
    Optional<String> check(Store store) {
        for (var entry : store.entries()) {
            if (!entry.equals(put.get(entry.dot()))) {
                return Optional.of("nobody wrote the entry " + entry.dot());
            }
        }
        for (var written : changes.entrySet()) {
            if (store.seen().contains(written.getKey())) {
                var wrong = check(store, written.getKey(), written.getValue());
                if (wrong.isPresent()) {
                    return wrong;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> check(Store store, Dot dot, Change change) {
        for (var range : change.removes().ranges()) {
            if (store.sum(range).count() > 0) {
                return Optional.of("what " + dot + " removed is live again");
            }
        }
        if (put.containsKey(dot) && !removed.contains(dot) && store.entry(dot).isEmpty()) {
            return Optional.of("the entry " + dot + " is lost, and nobody removed it");
        }
        return Optional.empty();
    }
}
