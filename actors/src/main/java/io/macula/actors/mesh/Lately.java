package io.macula.actors.mesh;

import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/// The nodes something happened to a moment ago. At most `nodesMax`, the latest ones, each for `lasting` after the last
/// time. Safe to use from any thread.
final class Lately {

    private final Duration lasting;
    private final int nodesMax;
    private final LinkedHashMap<NodeId, Long> nodes = new LinkedHashMap<>();

    Lately(Duration lasting, int nodesMax) {
        this.lasting = lasting;
        this.nodesMax = nodesMax;
    }

    synchronized void note(NodeId node, long nowNanos) {
        nodes.putLast(node, nowNanos);
        if (nodes.size() > nodesMax) {
            nodes.pollFirstEntry();
        }
    }

    synchronized void forget(NodeId node) {
        nodes.remove(node);
    }

    synchronized boolean has(NodeId node, long nowNanos) {
        var since = nodes.get(node);
        if (since != null && isOver(since, nowNanos)) {
            nodes.remove(node);
            return false;
        }
        return since != null;
    }

    /// The latest last.
    synchronized List<NodeId> at(long nowNanos) {
        nodes.values().removeIf(since -> isOver(since, nowNanos));
        return List.copyOf(nodes.keySet());
    }

    private boolean isOver(long sinceNanos, long nowNanos) {
        return nowNanos - sinceNanos > lasting.toNanos();
    }
}
