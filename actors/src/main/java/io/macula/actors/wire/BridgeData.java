package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// Bytes from one bridge to another.
public record BridgeData(
        Bytes payload, @Nullable Bytes sourceNodeId, @Nullable Value metadata) implements Message {

    /// With the required fields only.
    public static BridgeData of(Bytes payload) {
        return new BridgeData(payload, null, null);
    }

    @Override
    public MessageType type() {
        return MessageType.BRIDGE_DATA;
    }

    @Override
    public int bodyBytes() {
        return Message.sizeBytes(payload);
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.bytes(Field.PAYLOAD, payload);
        out.bytes(Field.SOURCE_NODE_ID, sourceNodeId);
        out.value(Field.METADATA, metadata);
        out.endMap(outer);
    }

    static BridgeData decode(FieldReader in) {
        @Nullable Bytes payload = null;
        @Nullable Bytes sourceNodeId = null;
        @Nullable Value metadata = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case PAYLOAD -> payload = in.bytes();
                case SOURCE_NODE_ID -> sourceNodeId = in.id();
                case METADATA -> metadata = in.value();
                default -> in.skip();
            }
        }
        in.endMap();
        return new BridgeData(in.required(payload, Field.PAYLOAD), sourceNodeId, metadata);
    }
}
