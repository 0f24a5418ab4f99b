package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// A call or reply on its way to another node.
///
/// @param payloadType `call` or `reply`
/// @param payload the fields of that message
public record RpcRoute(
        Bytes destinationNodeId, Bytes sourceNodeId, int hopCount, int maxHops, String payloadType,
        Value.Map payload) implements Message {

    @Override
    public MessageType type() {
        return MessageType.RPC_ROUTE;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.bytes(Field.DESTINATION_NODE_ID, destinationNodeId);
        out.bytes(Field.SOURCE_NODE_ID, sourceNodeId);
        out.number(Field.HOP_COUNT, hopCount);
        out.number(Field.MAX_HOPS, maxHops);
        out.text(Field.PAYLOAD_TYPE, payloadType);
        out.value(Field.PAYLOAD, payload);
        out.endMap(outer);
    }

    static RpcRoute decode(FieldReader in) {
        @Nullable Bytes destinationNodeId = null;
        @Nullable Bytes sourceNodeId = null;
        @Nullable Integer hopCount = null;
        @Nullable Integer maxHops = null;
        @Nullable String payloadType = null;
        Value.@Nullable Map payload = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case DESTINATION_NODE_ID -> destinationNodeId = in.id();
                case SOURCE_NODE_ID -> sourceNodeId = in.id();
                case HOP_COUNT -> hopCount = in.count();
                case MAX_HOPS -> maxHops = in.count();
                case PAYLOAD_TYPE -> payloadType = in.text();
                case PAYLOAD -> payload = in.map();
                default -> in.skip();
            }
        }
        in.endMap();
        return new RpcRoute(in.required(destinationNodeId, Field.DESTINATION_NODE_ID),
                in.required(sourceNodeId, Field.SOURCE_NODE_ID),
                in.required(hopCount, Field.HOP_COUNT), in.required(maxHops, Field.MAX_HOPS),
                in.required(payloadType, Field.PAYLOAD_TYPE),
                in.required(payload, Field.PAYLOAD));
    }
}
