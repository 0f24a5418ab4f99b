package io.macula.actors.state;

import io.macula.dht.NodeId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Which nodes count as peers of the replicator: those that are reached now, and for a while those
/// that were. A value.
///
/// The replicator names a node by the first eight bytes of its id. Of two nodes that begin alike, which
/// does not happen by chance, the second one is passed over.
record Presence(Map<Long, Seen> byNumber) {

    static final Presence NOBODY = new Presence(Map.of());

    /// @param isReached now
    record Seen(NodeId node, long lastMillis, boolean isReached) {}

    Presence {
        byNumber = Map.copyOf(byNumber);
    }

    /// After a look at who can be reached.
    Presence at(Set<NodeId> reached, long nowMillis, long absenceMillis) {
        var after = new HashMap<Long, Seen>();
        byNumber.forEach((number, seen) -> {
            if (!reached.contains(seen.node()) && nowMillis - seen.lastMillis() < absenceMillis) {
                after.put(number, new Seen(seen.node(), seen.lastMillis(), false));
            }
        });
        for (var node : reached) {
            after.putIfAbsent(node.leadingBits(), new Seen(node, nowMillis, true));
        }
        return new Presence(after);
    }

    Set<Long> numbers() {
        return byNumber.keySet();
    }

    /// The nodes that are missed: they were reached lately and are not now.
    Set<NodeId> missed() {
        var missed = new HashSet<NodeId>();
        byNumber.values()
                .stream()
                .filter(seen -> !seen.isReached())
                .forEach(seen -> missed.add(seen.node()));
        return missed;
    }
}
