package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// A call of the very node at the one end of a link, by the very node at the other end: what an [RpcRequest] says
/// that names both, in half the bytes. Its keys have one letter. Sent only to a peer that names it among its
/// capabilities, and answered by an [Answer].
///
/// @param timeoutMillis how long the caller still waits, in milliseconds
/// @param idempotent absent when false
public record Ask(
        String procedure, Bytes args, Bytes requestId, @Nullable Long timeoutMillis,
        @Nullable Boolean idempotent, @Nullable String traceparent) implements Message {

    /// What a node calls it, and the [Answer], among its capabilities.
    public static final String CAPABILITY = "ask";

    public static Ask of(RpcRequest request) {
        return new Ask(request.procedure(), request.args(), request.requestId(),
                request.timeoutMillis(),
                Boolean.TRUE.equals(request.idempotent()) ? Boolean.TRUE : null,
                request.traceparent());
    }

    /// The request that it stands for.
    ///
    /// @param from the node it came from
    /// @param target the node it came to
    public RpcRequest request(Bytes from, Bytes target) {
        return new RpcRequest(requestId, procedure, args, from, null, null, target, null, null,
                timeoutMillis, Boolean.TRUE.equals(idempotent), traceparent);
    }

    @Override
    public MessageType type() {
        return MessageType.ASK;
    }

    @Override
    public int frameBytes() {
        return FrameCodec.HEADER_BYTES + 1 + Message.shortField(procedure)
                + Message.shortField(args) + Message.shortField(requestId)
                + Message.shortField(timeoutMillis)
                + (idempotent == null ? 0 : Message.SHORT_KEY_BYTES + 1)
                + Message.shortField(traceparent);
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.text(Field.SHORT_NAME, procedure);
        out.bytes(Field.SHORT_PAYLOAD, args);
        out.bytes(Field.SHORT_ID, requestId);
        out.number(Field.SHORT_MILLIS, timeoutMillis);
        out.flag(Field.SHORT_IDEMPOTENT, idempotent);
        out.text(Field.SHORT_TRACE, traceparent);
        out.endMap(outer);
    }

    static Ask decode(FieldReader in) {
        @Nullable String procedure = null;
        @Nullable Bytes args = null;
        @Nullable Bytes requestId = null;
        @Nullable Long timeoutMillis = null;
        @Nullable Boolean idempotent = null;
        @Nullable String traceparent = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case SHORT_NAME -> procedure = in.text();
                case SHORT_PAYLOAD -> args = in.bytes();
                case SHORT_ID -> requestId = in.id();
                case SHORT_MILLIS -> timeoutMillis = in.number();
                case SHORT_IDEMPOTENT -> idempotent = in.flag();
                case SHORT_TRACE -> traceparent = in.text();
                default -> in.skip();
            }
        }
        in.endMap();
        return new Ask(in.required(procedure, Field.SHORT_NAME),
                in.required(args, Field.SHORT_PAYLOAD),
                in.required(requestId, Field.SHORT_ID), timeoutMillis, idempotent, traceparent);
    }
}
