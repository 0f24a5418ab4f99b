package io.macula.actors.mesh;

import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/// The nodes something was sent to by way of a gateway within the last minute, for whoever shows
/// paths. At most `nodesMax`, the latest ones. Safe to use from any thread.
final class RelayedLately {

    static final Duration LATELY = Duration.ofSeconds(60);

    private final int nodesMax;
    private final LinkedHashMap<NodeId, Long> nodes = new LinkedHashMap<>();

    RelayedLately(int nodesMax) {
        this.nodesMax = nodesMax;
    }

    synchronized void note(NodeId node, long nowNanos) {
        nodes.putLast(node, nowNanos);
        if (nodes.size() > nodesMax) {
            nodes.pollFirstEntry();
        }
    }

    synchronized List<NodeId> at(long nowNanos) {
        nodes.values().removeIf(sentNanos -> nowNanos - sentNanos > LATELY.toNanos());
        return List.copyOf(nodes.keySet());
    }
}
