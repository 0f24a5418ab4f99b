package io.macula.actors.services;

import io.macula.actors.dht.Provider;
import io.macula.actors.link.PeerAddress;
import io.macula.crdt.Edit;
import io.macula.crdt.Limits;
import io.macula.crdt.OrMap;
import io.macula.crdt.replicator.Effect;
import io.macula.crdt.replicator.Event;
import io.macula.crdt.replicator.Now;
import io.macula.crdt.replicator.Replicator;
import io.macula.crdt.replicator.ReplicatorConfig;
import io.macula.dht.NodeId;
import java.util.List;
import java.util.Random;

/// Shared state on one node, with an index that follows it.
final class RegistryFixture {

    static final String REALM = "realm";
    static final RegistryTimes TIMES = RegistryTimes.DEFAULT;
    static final long NOW = 1_800_000_000_000L;

    final ServiceIndex index = new ServiceIndex(REALM, TIMES);
    private Replicator replicator = Replicator.fresh(
            ReplicatorConfig.DEFAULT.withLimits(Limits.DEFAULT), 1, new Random(1));
    private long ticket;

    RegistryFixture() {
        handle(new Event.Woke());
    }

    static NodeId node(int number) {
        var bytes = new byte[NodeId.SIZE_BYTES];
        bytes[0] = (byte) number;
        return NodeId.of(bytes);
    }

    static NodeRecord says(NodeId node, long untilMillis) {
        return new NodeRecord(new Provider(node,
                List.of(new PeerAddress(node, "127.0.0.1", 4_433)), List.of(node(9)), 0),
                "name of it", "peer", untilMillis);
    }

    OrMap values() {
        return replicator.values();
    }

    /// Makes changes; how many changes it made.
    int make(List<Edit> edits) {
        if (!edits.isEmpty()) {
            handle(new Event.Update(++ticket, edits));
        }
        return edits.size();
    }

    private void handle(Event event) {
        var step = replicator.handle(event, new Now(0, NOW), new Random(1));
        replicator = step.next();
        for (var effect : step.effects()) {
            switch (effect) {
                case Effect.Persist(var write) -> handle(new Event.Persisted(write.number()));
                case Effect.Notify(var differences) -> index.apply(differences);
                case Effect.Send _,Effect.Reply _,Effect.Noticed _ -> {
                }
            }
        }
    }
}
