package io.macula.actors.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The states that were asked for.
///
/// @param nodeId 20 bytes of ours, 32 or 64 (hexadecimal) of Macula 0.14
public record GossipPullReply(
        Bytes nodeId, Bytes requestId, List<Value.Map> states) implements Message {

    public GossipPullReply {
        states = List.copyOf(states);
    }

    @Override
    public MessageType type() {
        return MessageType.GOSSIP_PULL_REPLY;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.bytes(Field.NODE_ID, nodeId);
        out.bytes(Field.REQUEST_ID, requestId);
        out.values(Field.STATES, states);
        out.endMap(outer);
    }

    static GossipPullReply decode(FieldReader in) {
        @Nullable Bytes nodeId = null;
        @Nullable Bytes requestId = null;
        @Nullable List<Value.Map> states = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case NODE_ID -> nodeId = in.id();
                case REQUEST_ID -> requestId = in.id();
                case STATES -> states = in.maps();
                default -> in.skip();
            }
        }
        in.endMap();
        return new GossipPullReply(in.required(nodeId, Field.NODE_ID),
                in.required(requestId, Field.REQUEST_ID), in.required(states, Field.STATES));
    }
}
