package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// Last frame of either side: why the link ends.
///
/// @param reason `normal`, `error` or `timeout`
/// @param message one sentence
/// @param code extra: a stable code for programs, such as `realm_mismatch`
public record Disconnect(String reason, String message, @Nullable String code) implements Message {

    /// With the required fields only.
    public static Disconnect of(String reason, String message) {
        return new Disconnect(reason, message, null);
    }

    public Disconnect withCode(String code) {
        return new Disconnect(reason, message, code);
    }

    @Override
    public MessageType type() {
        return MessageType.DISCONNECT;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.text(Field.REASON, reason);
        out.text(Field.MESSAGE, message);
        out.text(Field.CODE, code);
        out.endMap(outer);
    }

    static Disconnect decode(FieldReader in) {
        @Nullable String reason = null;
        @Nullable String message = null;
        @Nullable String code = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case REASON -> reason = in.text();
                case MESSAGE -> message = in.text();
                case CODE -> code = in.text();
                default -> in.skip();
            }
        }
        in.endMap();
        return new Disconnect(in.required(reason, Field.REASON),
                in.required(message, Field.MESSAGE), code);
    }
}
