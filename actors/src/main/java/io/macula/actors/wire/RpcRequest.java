package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// Asks a procedure of a node that may be several hops away.
///
/// @param args JSON text, by custom
/// @param typeText the message's own name, which some senders leave out
/// @param timestampMillis milliseconds since 1970 at the sender
/// @param timeoutMillis extra: how long the caller still waits, in milliseconds
/// @param idempotent extra: whether another provider may be asked after a failure
/// @param traceparent extra: W3C trace context of the sender
public record RpcRequest(
        Bytes requestId, String procedure, Bytes args, Bytes fromNode, @Nullable String typeText,
        @Nullable String fromEndpoint, @Nullable Bytes targetNode, @Nullable String realm,
        @Nullable Long timestampMillis, @Nullable Long timeoutMillis, @Nullable Boolean idempotent,
        @Nullable String traceparent) implements Message {

    /// With the required fields only.
    public static RpcRequest of(Bytes requestId, String procedure, Bytes args, Bytes fromNode) {
        return new RpcRequest(requestId, procedure, args, fromNode, "rpc_request", null, null,
                null, null, null, null, null);
    }

    /// A request that goes straight to one node.
    public static RpcRequest to(Bytes target, Bytes requestId, String procedure, Bytes args,
            Bytes fromNode, long timeoutMillis, boolean idempotent,
            @Nullable String traceparent) {
        return new RpcRequest(requestId, procedure, args, fromNode, "rpc_request", null,
                target, null, null, timeoutMillis, idempotent, traceparent);
    }

    public RpcRequest withFromNode(Bytes fromNode) {
        return new RpcRequest(requestId, procedure, args, fromNode, typeText, fromEndpoint,
                targetNode, realm, timestampMillis, timeoutMillis, idempotent, traceparent);
    }

    public RpcRequest withFromEndpoint(String fromEndpoint) {
        return new RpcRequest(requestId, procedure, args, fromNode, typeText, fromEndpoint,
                targetNode, realm, timestampMillis, timeoutMillis, idempotent, traceparent);
    }

    public RpcRequest withTargetNode(Bytes targetNode) {
        return new RpcRequest(requestId, procedure, args, fromNode, typeText, fromEndpoint,
                targetNode, realm, timestampMillis, timeoutMillis, idempotent, traceparent);
    }

    public RpcRequest withRealm(String realm) {
        return new RpcRequest(requestId, procedure, args, fromNode, typeText, fromEndpoint,
                targetNode, realm, timestampMillis, timeoutMillis, idempotent, traceparent);
    }

    public RpcRequest withTimestampMillis(long timestampMillis) {
        return new RpcRequest(requestId, procedure, args, fromNode, typeText, fromEndpoint,
                targetNode, realm, timestampMillis, timeoutMillis, idempotent, traceparent);
    }

    public RpcRequest withTimeoutMillis(long timeoutMillis) {
        return new RpcRequest(requestId, procedure, args, fromNode, typeText, fromEndpoint,
                targetNode, realm, timestampMillis, timeoutMillis, idempotent, traceparent);
    }

    public RpcRequest withIdempotent(boolean idempotent) {
        return new RpcRequest(requestId, procedure, args, fromNode, typeText, fromEndpoint,
                targetNode, realm, timestampMillis, timeoutMillis, idempotent, traceparent);
    }

    public RpcRequest withTraceparent(@Nullable String traceparent) {
        return new RpcRequest(requestId, procedure, args, fromNode, typeText, fromEndpoint,
                targetNode, realm, timestampMillis, timeoutMillis, idempotent, traceparent);
    }

    @Override
    public MessageType type() {
        return MessageType.RPC_REQUEST;
    }

    @Override
    public int bodyBytes() {
        return Message.sizeBytes(args);
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.bytes(Field.REQUEST_ID, requestId);
        out.text(Field.PROCEDURE, procedure);
        out.bytes(Field.ARGS, args);
        out.bytes(Field.FROM_NODE, fromNode);
        out.text(Field.TYPE, typeText);
        out.text(Field.FROM_ENDPOINT, fromEndpoint);
        out.bytes(Field.TARGET_NODE, targetNode);
        out.text(Field.REALM, realm);
        out.number(Field.TIMESTAMP, timestampMillis);
        out.number(Field.TIMEOUT_MS, timeoutMillis);
        out.flag(Field.IDEMPOTENT, idempotent);
        out.text(Field.TRACEPARENT, traceparent);
        out.endMap(outer);
    }

    static RpcRequest decode(FieldReader in) {
        @Nullable Bytes requestId = null;
        @Nullable String procedure = null;
        @Nullable Bytes args = null;
        @Nullable Bytes fromNode = null;
        @Nullable String typeText = null;
        @Nullable String fromEndpoint = null;
        @Nullable Bytes targetNode = null;
        @Nullable String realm = null;
        @Nullable Long timestampMillis = null;
        @Nullable Long timeoutMillis = null;
        @Nullable Boolean idempotent = null;
        @Nullable String traceparent = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case REQUEST_ID -> requestId = in.id();
                case PROCEDURE -> procedure = in.text();
                case ARGS -> args = in.bytes();
                case FROM_NODE -> fromNode = in.id();
                case TYPE -> typeText = in.text();
                case FROM_ENDPOINT -> fromEndpoint = in.text();
                case TARGET_NODE -> targetNode = in.id();
                case REALM -> realm = in.text();
                case TIMESTAMP -> timestampMillis = in.number();
                case TIMEOUT_MS -> timeoutMillis = in.number();
                case IDEMPOTENT -> idempotent = in.flag();
                case TRACEPARENT -> traceparent = in.text();
                default -> in.skip();
            }
        }
        in.endMap();
        return new RpcRequest(in.required(requestId, Field.REQUEST_ID),
                in.required(procedure, Field.PROCEDURE), in.required(args, Field.ARGS),
                in.required(fromNode, Field.FROM_NODE), typeText, fromEndpoint, targetNode, realm,
                timestampMillis, timeoutMillis, idempotent, traceparent);
    }
}
