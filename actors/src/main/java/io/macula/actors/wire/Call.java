package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// Asks a procedure of the node at the other end.
///
/// @param timeoutMillis how long the caller waits, in milliseconds
public record Call(
        Bytes callId, String procedure, @Nullable Value args, @Nullable Long timeoutMillis,
        @Nullable String realm) implements Message {

    /// With the required fields only.
    public static Call of(Bytes callId, String procedure) {
        return new Call(callId, procedure, null, null, null);
    }

    public Call withArgs(Value args) {
        return new Call(callId, procedure, args, timeoutMillis, realm);
    }

    public Call withTimeoutMillis(long timeoutMillis) {
        return new Call(callId, procedure, args, timeoutMillis, realm);
    }

    public Call withRealm(String realm) {
        return new Call(callId, procedure, args, timeoutMillis, realm);
    }

    @Override
    public MessageType type() {
        return MessageType.CALL;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.bytes(Field.CALL_ID, callId);
        out.text(Field.PROCEDURE, procedure);
        out.value(Field.ARGS, args);
        out.number(Field.TIMEOUT, timeoutMillis);
        out.text(Field.REALM, realm);
        out.endMap(outer);
    }

    static Call decode(FieldReader in) {
        @Nullable Bytes callId = null;
        @Nullable String procedure = null;
        @Nullable Value args = null;
        @Nullable Long timeoutMillis = null;
        @Nullable String realm = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case CALL_ID -> callId = in.id();
                case PROCEDURE -> procedure = in.text();
                case ARGS -> args = in.value();
                case TIMEOUT -> timeoutMillis = in.number();
                case REALM -> realm = in.text();
                default -> in.skip();
            }
        }
        in.endMap();
        return new Call(in.required(callId, Field.CALL_ID),
                in.required(procedure, Field.PROCEDURE), args, timeoutMillis, realm);
    }
}
