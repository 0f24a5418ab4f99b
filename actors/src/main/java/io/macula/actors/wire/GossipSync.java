package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// What a node has, as a digest per state.
///
/// @param nodeId 20 bytes of ours, 32 or 64 (hexadecimal) of Macula 0.14
public record GossipSync(Bytes nodeId, Value.Map digest) implements Message {

    @Override
    public MessageType type() {
        return MessageType.GOSSIP_SYNC;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.bytes(Field.NODE_ID, nodeId);
        out.value(Field.DIGEST, digest);
        out.endMap(outer);
    }

    static GossipSync decode(FieldReader in) {
        @Nullable Bytes nodeId = null;
        Value.@Nullable Map digest = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case NODE_ID -> nodeId = in.id();
                case DIGEST -> digest = in.map();
                default -> in.skip();
            }
        }
        in.endMap();
        return new GossipSync(in.required(nodeId, Field.NODE_ID),
                in.required(digest, Field.DIGEST));
    }
}
