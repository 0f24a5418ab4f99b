package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// Asks to be connected to a node through this one.
public record RelayRequest(
        Bytes sessionId, Bytes targetId, @Nullable String reason) implements Message {

    /// With the required fields only.
    public static RelayRequest of(Bytes sessionId, Bytes targetId) {
        return new RelayRequest(sessionId, targetId, null);
    }

    @Override
    public MessageType type() {
        return MessageType.RELAY_REQUEST;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.bytes(Field.SESSION_ID, sessionId);
        out.bytes(Field.TARGET_ID, targetId);
        out.text(Field.REASON, reason);
        out.endMap(outer);
    }

    static RelayRequest decode(FieldReader in) {
        @Nullable Bytes sessionId = null;
        @Nullable Bytes targetId = null;
        @Nullable String reason = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case SESSION_ID -> sessionId = in.id();
                case TARGET_ID -> targetId = in.id();
                case REASON -> reason = in.text();
                default -> in.skip();
            }
        }
        in.endMap();
        return new RelayRequest(in.required(sessionId, Field.SESSION_ID),
                in.required(targetId, Field.TARGET_ID), reason);
    }
}
