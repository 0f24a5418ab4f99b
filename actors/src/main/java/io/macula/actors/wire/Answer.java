package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// How an [Ask] ended: what an [RpcReply] says between the two ends of a link, under keys of one letter.
///
/// @param error absent when the call went well
public record Answer(
        Bytes requestId, @Nullable Bytes result, @Nullable String error,
        @Nullable String errorMessage, @Nullable String traceparent) implements Message {

    public static Answer of(RpcReply reply) {
        return new Answer(reply.requestId(), reply.result(), reply.error(), reply.errorMessage(),
                reply.traceparent());
    }

    /// The reply that it stands for.
    ///
    /// @param from the node it came from
    public RpcReply reply(Bytes from) {
        return new RpcReply(requestId, from, result, error, errorMessage, null, null, null,
                traceparent);
    }

    @Override
    public MessageType type() {
        return MessageType.ANSWER;
    }

    @Override
    public int frameBytes() {
        return FrameCodec.HEADER_BYTES + 1 + Message.shortField(requestId)
                + Message.shortField(result) + Message.shortField(error)
                + Message.shortField(errorMessage) + Message.shortField(traceparent);
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.bytes(Field.SHORT_ID, requestId);
        out.bytes(Field.SHORT_PAYLOAD, result);
        out.text(Field.SHORT_ERROR, error);
        out.text(Field.SHORT_WHY, errorMessage);
        out.text(Field.SHORT_TRACE, traceparent);
        out.endMap(outer);
    }

    static Answer decode(FieldReader in) {
        @Nullable Bytes requestId = null;
        @Nullable Bytes result = null;
        @Nullable String error = null;
        @Nullable String errorMessage = null;
        @Nullable String traceparent = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case SHORT_ID -> requestId = in.id();
                case SHORT_PAYLOAD -> result = in.bytes();
                case SHORT_ERROR -> error = in.text();
                case SHORT_WHY -> errorMessage = in.text();
                case SHORT_TRACE -> traceparent = in.text();
                default -> in.skip();
            }
        }
        in.endMap();
        return new Answer(in.required(requestId, Field.SHORT_ID), result, error, errorMessage,
                traceparent);
    }
}
