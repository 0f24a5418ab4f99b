package io.macula.actors.wire;

import java.util.Set;

/// Which values are lists, and so are read from a `str` as its code points. A path is the name of
/// the type and the keys down to the value, with `[]` for an element of a list.
final class ListFields {

    private static final Set<String> PATHS = Set.of(
            "connect.capabilities", "pong.capabilities",
            "subscribe.topics",
            "unsubscribe.topics",
            "reply.result.peers",
            "find_node_reply.nodes",
            "find_value_reply.nodes",
            "punch_coordinate.peer_ports",
            "gossip_pull.state_keys",
            "gossip_pull_reply.states",
            "gossip_sync_reply.states",
            "gossip_sync_reply.missing",
            "registry_fetch_reply.dependencies",
            "registry_query_reply.packages",
            "registry_query_reply.packages[].versions",
            "registry_sync.package_index",
            "registry_sync_reply.missing",
            "registry_sync_reply.updates");

    private ListFields() {}

    /// Whether the value is a list in every message that has it.
    static boolean contains(String path) {
        return PATHS.contains(path);
    }

    /// Whether a `str` read here is a list. That holds for what is kept under a key of the DHT as
    /// well: mostly a list of providers, but any value may be.
    static boolean containsWhenStr(String path) {
        return contains(path) || path.equals("find_value_reply.value");
    }
}
