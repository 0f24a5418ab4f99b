package io.macula.actors.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Packages the asker lacks or should replace.
///
/// @param nodeId 20 bytes of ours, 32 or 64 (hexadecimal) of Macula 0.14
public record RegistrySyncReply(
        Bytes nodeId, List<Value> missing, List<Value> updates) implements Message {

    public RegistrySyncReply {
        missing = List.copyOf(missing);
        updates = List.copyOf(updates);
    }

    @Override
    public MessageType type() {
        return MessageType.REGISTRY_SYNC_REPLY;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.bytes(Field.NODE_ID, nodeId);
        out.values(Field.MISSING, missing);
        out.values(Field.UPDATES, updates);
        out.endMap(outer);
    }

    static RegistrySyncReply decode(FieldReader in) {
        @Nullable Bytes nodeId = null;
        @Nullable List<Value> missing = null;
        @Nullable List<Value> updates = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case NODE_ID -> nodeId = in.id();
                case MISSING -> missing = in.values();
                case UPDATES -> updates = in.values();
                default -> in.skip();
            }
        }
        in.endMap();
        return new RegistrySyncReply(in.required(nodeId, Field.NODE_ID),
                in.required(missing, Field.MISSING), in.required(updates, Field.UPDATES));
    }
}
