package io.macula.actors.dht;

import io.macula.actors.wire.Bytes;
import io.macula.dht.NodeId;
import java.util.Optional;

/// Ids and keys as they stand in a frame.
final class NodeIds {

    private NodeIds() {}

    static Bytes toWire(NodeId id) {
        return Bytes.of(id.toBytes());
    }

    /// Empty for any other length than that of an id.
    static Optional<NodeId> of(Bytes bytes) {
        return bytes.sizeBytes() == NodeId.SIZE_BYTES
                ? Optional.of(NodeId.of(bytes.toArray()))
                : Optional.empty();
    }
}
