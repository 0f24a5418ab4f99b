package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// A publish on its way to another node.
public record PubsubRoute(
        Bytes destinationNodeId, Bytes sourceNodeId, int hopCount, int maxHops, String topic,
        Publish payload) implements Message {

    @Override
    public MessageType type() {
        return MessageType.PUBSUB_ROUTE;
    }

    @Override
    public int bodyBytes() {
        return 256 + payload.bodyBytes();
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.bytes(Field.DESTINATION_NODE_ID, destinationNodeId);
        out.bytes(Field.SOURCE_NODE_ID, sourceNodeId);
        out.number(Field.HOP_COUNT, hopCount);
        out.number(Field.MAX_HOPS, maxHops);
        out.text(Field.TOPIC, topic);
        out.key(Field.PAYLOAD);
        payload.encode(out);
        out.endMap(outer);
    }

    static PubsubRoute decode(FieldReader in) {
        @Nullable Bytes destinationNodeId = null;
        @Nullable Bytes sourceNodeId = null;
        @Nullable Integer hopCount = null;
        @Nullable Integer maxHops = null;
        @Nullable String topic = null;
        @Nullable Publish payload = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case DESTINATION_NODE_ID -> destinationNodeId = in.id();
                case SOURCE_NODE_ID -> sourceNodeId = in.id();
                case HOP_COUNT -> hopCount = in.count();
                case MAX_HOPS -> maxHops = in.count();
                case TOPIC -> topic = in.text();
                case PAYLOAD -> payload = in.nil() ? null : Publish.decode(in);
                default -> in.skip();
            }
        }
        in.endMap();
        return new PubsubRoute(in.required(destinationNodeId, Field.DESTINATION_NODE_ID),
                in.required(sourceNodeId, Field.SOURCE_NODE_ID),
                in.required(hopCount, Field.HOP_COUNT), in.required(maxHops, Field.MAX_HOPS),
                in.required(topic, Field.TOPIC), in.required(payload, Field.PAYLOAD));
    }
}
