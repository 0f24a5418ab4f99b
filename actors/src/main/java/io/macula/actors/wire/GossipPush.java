package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// One state, told unasked.
///
/// @param nodeId 20 bytes of ours, 32 or 64 (hexadecimal) of Macula 0.14
/// @param vectorClock node to count
public record GossipPush(
        Bytes nodeId, String stateType, String stateKey, Value state,
        Value.Map vectorClock) implements Message {

    @Override
    public MessageType type() {
        return MessageType.GOSSIP_PUSH;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.bytes(Field.NODE_ID, nodeId);
        out.text(Field.STATE_TYPE, stateType);
        out.text(Field.STATE_KEY, stateKey);
        out.value(Field.STATE, state);
        out.value(Field.VECTOR_CLOCK, vectorClock);
        out.endMap(outer);
    }

    static GossipPush decode(FieldReader in) {
        @Nullable Bytes nodeId = null;
        @Nullable String stateType = null;
        @Nullable String stateKey = null;
        @Nullable Value state = null;
        Value.@Nullable Map vectorClock = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case NODE_ID -> nodeId = in.id();
                case STATE_TYPE -> stateType = in.text();
                case STATE_KEY -> stateKey = in.text();
                case STATE -> state = in.value();
                case VECTOR_CLOCK -> vectorClock = in.map();
                default -> in.skip();
            }
        }
        in.endMap();
        return new GossipPush(in.required(nodeId, Field.NODE_ID),
                in.required(stateType, Field.STATE_TYPE), in.required(stateKey, Field.STATE_KEY),
                in.required(state, Field.STATE), in.required(vectorClock, Field.VECTOR_CLOCK));
    }
}
