package io.macula.actors.link.fake;

import io.macula.actors.wire.Bytes;
import io.macula.dht.NodeId;

/// Ids for tests, the same for the same number.
public final class Nodes {

    private Nodes() {}

    public static NodeId node(int number) {
        return NodeId.hashOf(new byte[]{(byte) (number >> 8), (byte) number});
    }

    /// A node's id as it stands in frames.
    public static Bytes idOf(NodeId node) {
        return Bytes.of(node.toBytes());
    }
}
