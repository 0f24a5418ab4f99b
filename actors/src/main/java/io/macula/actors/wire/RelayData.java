package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// Bytes that pass through a relay.
public record RelayData(Bytes sessionId, Bytes payload) implements Message {

    @Override
    public MessageType type() {
        return MessageType.RELAY_DATA;
    }

    @Override
    public int bodyBytes() {
        return Message.sizeBytes(payload);
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.bytes(Field.SESSION_ID, sessionId);
        out.bytes(Field.PAYLOAD, payload);
        out.endMap(outer);
    }

    static RelayData decode(FieldReader in) {
        @Nullable Bytes sessionId = null;
        @Nullable Bytes payload = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case SESSION_ID -> sessionId = in.id();
                case PAYLOAD -> payload = in.bytes();
                default -> in.skip();
            }
        }
        in.endMap();
        return new RelayData(in.required(sessionId, Field.SESSION_ID),
                in.required(payload, Field.PAYLOAD));
    }
}
