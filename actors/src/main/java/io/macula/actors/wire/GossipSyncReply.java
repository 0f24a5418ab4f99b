package io.macula.actors.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// States the asker lacks, and keys the answerer lacks.
///
/// @param nodeId 20 bytes of ours, 32 or 64 (hexadecimal) of Macula 0.14
public record GossipSyncReply(
        Bytes nodeId, List<Value.Map> states, List<String> missing) implements Message {

    public GossipSyncReply {
        states = List.copyOf(states);
        missing = List.copyOf(missing);
    }

    @Override
    public MessageType type() {
        return MessageType.GOSSIP_SYNC_REPLY;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.bytes(Field.NODE_ID, nodeId);
        out.values(Field.STATES, states);
        out.texts(Field.MISSING, missing);
        out.endMap(outer);
    }

    static GossipSyncReply decode(FieldReader in) {
        @Nullable Bytes nodeId = null;
        @Nullable List<Value.Map> states = null;
        @Nullable List<String> missing = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case NODE_ID -> nodeId = in.id();
                case STATES -> states = in.maps();
                case MISSING -> missing = in.texts();
                default -> in.skip();
            }
        }
        in.endMap();
        return new GossipSyncReply(in.required(nodeId, Field.NODE_ID),
                in.required(states, Field.STATES), in.required(missing, Field.MISSING));
    }
}
