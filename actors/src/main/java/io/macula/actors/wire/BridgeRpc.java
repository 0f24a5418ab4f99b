package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// A call from one bridge to another.
///
/// @param timeoutMillis how long the caller waits, in milliseconds
public record BridgeRpc(
        String procedure, Value args, Bytes callId, @Nullable Long timeoutMillis,
        @Nullable String sourceLevel) implements Message {

    /// With the required fields only.
    public static BridgeRpc of(String procedure, Value args, Bytes callId) {
        return new BridgeRpc(procedure, args, callId, null, null);
    }

    @Override
    public MessageType type() {
        return MessageType.BRIDGE_RPC;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.text(Field.PROCEDURE, procedure);
        out.value(Field.ARGS, args);
        out.bytes(Field.CALL_ID, callId);
        out.number(Field.TIMEOUT, timeoutMillis);
        out.text(Field.SOURCE_LEVEL, sourceLevel);
        out.endMap(outer);
    }

    static BridgeRpc decode(FieldReader in) {
        @Nullable String procedure = null;
        @Nullable Value args = null;
        @Nullable Bytes callId = null;
        @Nullable Long timeoutMillis = null;
        @Nullable String sourceLevel = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case PROCEDURE -> procedure = in.text();
                case ARGS -> args = in.value();
                case CALL_ID -> callId = in.id();
                case TIMEOUT -> timeoutMillis = in.number();
                case SOURCE_LEVEL -> sourceLevel = in.text();
                default -> in.skip();
            }
        }
        in.endMap();
        return new BridgeRpc(in.required(procedure, Field.PROCEDURE),
                in.required(args, Field.ARGS), in.required(callId, Field.CALL_ID), timeoutMillis,
                sourceLevel);
    }
}
