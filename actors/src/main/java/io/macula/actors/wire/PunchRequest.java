package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// Asks a third node to arrange a hole punch.
public record PunchRequest(Bytes sessionId, Bytes requesterId, Bytes targetId) implements Message {

    @Override
    public MessageType type() {
        return MessageType.PUNCH_REQUEST;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.bytes(Field.SESSION_ID, sessionId);
        out.bytes(Field.REQUESTER_ID, requesterId);
        out.bytes(Field.TARGET_ID, targetId);
        out.endMap(outer);
    }

    static PunchRequest decode(FieldReader in) {
        @Nullable Bytes sessionId = null;
        @Nullable Bytes requesterId = null;
        @Nullable Bytes targetId = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case SESSION_ID -> sessionId = in.id();
                case REQUESTER_ID -> requesterId = in.id();
                case TARGET_ID -> targetId = in.id();
                default -> in.skip();
            }
        }
        in.endMap();
        return new PunchRequest(in.required(sessionId, Field.SESSION_ID),
                in.required(requesterId, Field.REQUESTER_ID),
                in.required(targetId, Field.TARGET_ID));
    }
}
