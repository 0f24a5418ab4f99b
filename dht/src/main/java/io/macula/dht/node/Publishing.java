package io.macula.dht.node;

import io.macula.dht.Contact;
import io.macula.dht.NodeId;
import io.macula.dht.lookup.Goal;
import io.macula.dht.lookup.Lookup;
import io.macula.dht.lookup.LookupResult;
import io.macula.dht.record.SignedRecord;
import io.macula.dht.store.Health;
import java.util.List;
import java.util.function.Consumer;

/// Brings records to the nodes nearest to their keys: for the owner, for the holders' hourly
/// republishing, and as cached copies on a lookup's path.
final class Publishing {

    private static final long CACHE_WORTHWHILE_MILLIS = 10_000;

    private static final Rpc.Owner NOBODY = new Rpc.Owner() {
        @Override
        public void answered(Rpc rpc, Message.Reply reply) {}

        @Override
        public void slow(Rpc rpc) {}

        @Override
        public void failed(Rpc rpc) {}
    };

    private final Core core;
    private final Requests requests;

    Publishing(Core core, Requests requests) {
        this.core = core;
        this.requests = requests;
    }

    void publish(SignedRecord signed, int paths, Consumer<Health> onDone) {
        Walk.start(core, requests, signed.key(), Goal.NODES, paths, List.of(), lookup -> {
            var closest = lookup.result(core.now()).closest();
            var here = isAmong(closest, signed.key());
            var others = here && closest.size() >= core.wanted()
                    ? closest.subList(0, core.wanted() - 1)
                    : closest;
            Publication.start(core, requests, signed, others, lookup, here, onDone);
        });
    }

    /// Values that nobody stored here for an hour. When this node is none of the nearest any more and
    /// all of those acknowledged, its own copy is superfluous and goes.
    void republish(List<SignedRecord> due) {
        for (var signed : due) {
            Walk.start(core, requests, signed.key(), Goal.NODES, 1, List.of(),
                    lookup -> republish(signed, lookup));
        }
    }

    /// Leaves a copy at the nearest node that did not have the value. Its time halves with each bit
    /// that node is farther from the key than the one that had it (Maymounkov 2002, 2.5).
    void cacheOnPath(Lookup lookup, LookupResult result) {
        var nearestEmpty = lookup.nearestWithoutValue();
        if (nearestEmpty.isEmpty() || !result.isFound()) {
            return;
        }
        var signed = result.records().getFirst();
        var nearest = result.closest().getFirst().id().commonPrefixBits(result.target());
        var bits = Math.max(0, nearest - nearestEmpty.get().id().commonPrefixBits(result.target()));
        var keep = Math.min(core.config.store().cacheKeep().toMillis(),
                signed.expiresAtMillis() - core.now());
        if (keep >> Math.min(bits, 62) >= CACHE_WORTHWHILE_MILLIS) {
            var token = lookup.tokenOf(nearestEmpty.get().id());
            requests.send(nearestEmpty.get(), new Message.Keep(signed, keep >> bits, token),
                    NOBODY);
        }
    }

    private void republish(SignedRecord signed, Lookup lookup) {
        var closest = lookup.result(core.now()).closest();
        var here = isAmong(closest, signed.key());
        Publication.start(core, requests, signed, closest, lookup, false, health -> {
            if (!here && health.acknowledged() >= core.wanted()) {
                core.store.forget(signed.key());
            }
        });
    }

    private boolean isAmong(List<Contact> closest, NodeId key) {
        return closest.size() < core.wanted()
                || key.compareDistance(core.self.id(), closest.getLast().id()) < 0;
    }
}
