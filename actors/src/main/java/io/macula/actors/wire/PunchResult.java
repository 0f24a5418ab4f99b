package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// How a hole punch ended.
public record PunchResult(
        Bytes sessionId, boolean success, @Nullable Integer connectedPort) implements Message {

    /// With the required fields only.
    public static PunchResult of(Bytes sessionId, boolean success) {
        return new PunchResult(sessionId, success, null);
    }

    @Override
    public MessageType type() {
        return MessageType.PUNCH_RESULT;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.bytes(Field.SESSION_ID, sessionId);
        out.flag(Field.SUCCESS, success);
        out.number(Field.CONNECTED_PORT, connectedPort);
        out.endMap(outer);
    }

    static PunchResult decode(FieldReader in) {
        @Nullable Bytes sessionId = null;
        @Nullable Boolean success = null;
        @Nullable Integer connectedPort = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case SESSION_ID -> sessionId = in.id();
                case SUCCESS -> success = in.flag();
                case CONNECTED_PORT -> connectedPort = in.port();
                default -> in.skip();
            }
        }
        in.endMap();
        return new PunchResult(in.required(sessionId, Field.SESSION_ID),
                in.required(success, Field.SUCCESS), connectedPort);
    }
}
