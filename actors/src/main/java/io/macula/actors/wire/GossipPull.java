package io.macula.actors.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks for states; an empty list means all of them.
///
/// @param nodeId 20 bytes of ours, 32 or 64 (hexadecimal) of Macula 0.14
public record GossipPull(Bytes nodeId, Bytes requestId, List<String> stateKeys) implements Message {

    public GossipPull {
        stateKeys = List.copyOf(stateKeys);
    }

    @Override
    public MessageType type() {
        return MessageType.GOSSIP_PULL;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.bytes(Field.NODE_ID, nodeId);
        out.bytes(Field.REQUEST_ID, requestId);
        out.texts(Field.STATE_KEYS, stateKeys);
        out.endMap(outer);
    }

    static GossipPull decode(FieldReader in) {
        @Nullable Bytes nodeId = null;
        @Nullable Bytes requestId = null;
        @Nullable List<String> stateKeys = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case NODE_ID -> nodeId = in.id();
                case REQUEST_ID -> requestId = in.id();
                case STATE_KEYS -> stateKeys = in.texts();
                default -> in.skip();
            }
        }
        in.endMap();
        return new GossipPull(in.required(nodeId, Field.NODE_ID),
                in.required(requestId, Field.REQUEST_ID),
                in.required(stateKeys, Field.STATE_KEYS));
    }
}
