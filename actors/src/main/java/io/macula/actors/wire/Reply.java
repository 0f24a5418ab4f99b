package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// Answers a call, in a result or an error.
///
/// @param error absent in a result
public record Reply(
        Bytes callId, @Nullable Value result, @Nullable Failure error) implements Message {

    public static Reply result(Bytes callId, Value result) {
        return new Reply(callId, result, null);
    }

    public static Reply error(Bytes callId, String code, String message) {
        return new Reply(callId, null, new Failure(code, message));
    }

    @Override
    public MessageType type() {
        return MessageType.REPLY;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.bytes(Field.CALL_ID, callId);
        out.value(Field.RESULT, result);
        if (error != null) {
            out.key(Field.ERROR);
            error.encode(out);
        }
        out.endMap(outer);
    }

    static Reply decode(FieldReader in) {
        @Nullable Bytes callId = null;
        @Nullable Value result = null;
        @Nullable Failure error = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case CALL_ID -> callId = in.id();
                case RESULT -> result = in.value();
                case ERROR -> error = in.nil() ? null : Failure.decode(in);
                default -> in.skip();
            }
        }
        in.endMap();
        return new Reply(in.required(callId, Field.CALL_ID), result, error);
    }

    /// Why a call failed.
    ///
    /// @param code stable, such as `no_handler`
    public record Failure(String code, @Nullable String message) {

        void encode(FieldWriter out) {
            var outer = out.beginMap();
            out.text(Field.CODE, code);
            out.text(Field.MESSAGE, message);
            out.endMap(outer);
        }

        static Failure decode(FieldReader in) {
            @Nullable String code = null;
            @Nullable String message = null;
            for (var left = in.beginMap(); left > 0; left--) {
                switch (in.key()) {
                    case CODE -> code = in.text();
                    case MESSAGE -> message = in.text();
                    default -> in.skip();
                }
            }
            in.endMap();
            return new Failure(in.required(code, Field.CODE), message);
        }
    }
}
