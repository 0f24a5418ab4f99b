package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// Answers a rpc_request, in a result or an error.
///
/// @param result JSON text, by custom; absent in an error
/// @param error a code such as `procedure_not_found`; absent in a result
/// @param errorMessage extra: one sentence on the error
/// @param timestampMillis milliseconds since 1970 at the sender
/// @param typeText the message's own name, which some senders leave out
/// @param traceparent extra: W3C trace context of the sender
public record RpcReply(
        Bytes requestId, Bytes fromNode, @Nullable Bytes result, @Nullable String error,
        @Nullable String errorMessage, @Nullable Bytes toNode, @Nullable Long timestampMillis,
        @Nullable String typeText, @Nullable String traceparent) implements Message {

    public static RpcReply result(Bytes requestId, Bytes fromNode, Bytes result) {
        return new RpcReply(requestId, fromNode, result, null, null, null, null, "rpc_reply", null);
    }

    /// @param error a stable code, such as `procedure_not_found`
    /// @param message one sentence
    public static RpcReply error(Bytes requestId, Bytes fromNode, String error, String message) {
        return new RpcReply(requestId, fromNode, null, error, message, null, null, "rpc_reply",
                null);
    }

    public RpcReply withFromNode(Bytes fromNode) {
        return new RpcReply(requestId, fromNode, result, error, errorMessage, toNode,
                timestampMillis, typeText, traceparent);
    }

    public RpcReply withToNode(Bytes toNode) {
        return new RpcReply(requestId, fromNode, result, error, errorMessage, toNode,
                timestampMillis, typeText, traceparent);
    }

    public RpcReply withTimestampMillis(long timestampMillis) {
        return new RpcReply(requestId, fromNode, result, error, errorMessage, toNode,
                timestampMillis, typeText, traceparent);
    }

    public RpcReply withTraceparent(@Nullable String traceparent) {
        return new RpcReply(requestId, fromNode, result, error, errorMessage, toNode,
                timestampMillis, typeText, traceparent);
    }

    @Override
    public MessageType type() {
        return MessageType.RPC_REPLY;
    }

    @Override
    public int bodyBytes() {
        return Message.sizeBytes(result);
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.bytes(Field.REQUEST_ID, requestId);
        out.bytes(Field.FROM_NODE, fromNode);
        out.bytes(Field.RESULT, result);
        out.text(Field.ERROR, error);
        out.text(Field.ERROR_MESSAGE, errorMessage);
        out.bytes(Field.TO_NODE, toNode);
        out.number(Field.TIMESTAMP, timestampMillis);
        out.text(Field.TYPE, typeText);
        out.text(Field.TRACEPARENT, traceparent);
        out.endMap(outer);
    }

    static RpcReply decode(FieldReader in) {
        @Nullable Bytes requestId = null;
        @Nullable Bytes fromNode = null;
        @Nullable Bytes result = null;
        @Nullable String error = null;
        @Nullable String errorMessage = null;
        @Nullable Bytes toNode = null;
        @Nullable Long timestampMillis = null;
        @Nullable String typeText = null;
        @Nullable String traceparent = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case REQUEST_ID -> requestId = in.id();
                case FROM_NODE -> fromNode = in.id();
                case RESULT -> result = in.bytes();
                case ERROR -> error = in.text();
                case ERROR_MESSAGE -> errorMessage = in.text();
                case TO_NODE -> toNode = in.id();
                case TIMESTAMP -> timestampMillis = in.number();
                case TYPE -> typeText = in.text();
                case TRACEPARENT -> traceparent = in.text();
                default -> in.skip();
            }
        }
        in.endMap();
        return new RpcReply(in.required(requestId, Field.REQUEST_ID),
                in.required(fromNode, Field.FROM_NODE), result, error, errorMessage, toNode,
                timestampMillis, typeText, traceparent);
    }
}
