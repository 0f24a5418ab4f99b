package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// Asks for a pong.
///
/// @param timestampMillis milliseconds since 1970 at the sender
public record Ping(long timestampMillis) implements Message {

    @Override
    public MessageType type() {
        return MessageType.PING;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.number(Field.TIMESTAMP, timestampMillis);
        out.endMap(outer);
    }

    static Ping decode(FieldReader in) {
        @Nullable Long timestampMillis = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case TIMESTAMP -> timestampMillis = in.number();
                default -> in.skip();
            }
        }
        in.endMap();
        return new Ping(in.required(timestampMillis, Field.TIMESTAMP));
    }
}
