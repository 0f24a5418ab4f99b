package io.macula.actors.mesh;

import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.LinkedHashMap;

/// The nodes whose link fell silent a moment ago, and to which there has been none since: most likely they are dead or cut off,
/// and a dial would take its time to find that out once more. At most `nodesMax`, the latest ones. Safe to use from any thread.
final class SilentLately {

    /// As long as a dial of somebody who does not answer takes.
    static final Duration LATELY = Duration.ofSeconds(5);

    private final int nodesMax;
    private final LinkedHashMap<NodeId, Long> nodes = new LinkedHashMap<>();

    SilentLately(int nodesMax) {
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
        if (since != null && nowNanos - since > LATELY.toNanos()) {
            nodes.remove(node);
            return false;
        }
        return since != null;
    }
}
