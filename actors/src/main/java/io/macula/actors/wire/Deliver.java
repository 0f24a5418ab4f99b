package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// A published message for the very node at the other end of the link: what a [PubsubRoute] of one hop says, in half
/// the bytes. Its keys have one letter, and what has its usual value is left out. Sent only to a peer that names it
/// among its capabilities.
///
/// @param qos absent when 0
/// @param retain absent when false
public record Deliver(
        String topic, Bytes payload, Bytes messageId, @Nullable Integer qos,
        @Nullable Boolean retain, @Nullable Bytes requestId,
        @Nullable String traceparent) implements Message {

    /// What a node calls it among its capabilities.
    public static final String CAPABILITY = "deliver";

    public static Deliver of(Publish publish) {
        return new Deliver(publish.topic(), publish.payload(), publish.messageId(),
                publish.qos() == 0 ? null : publish.qos(), publish.retain() ? Boolean.TRUE : null,
                publish.requestId(), publish.traceparent());
    }

    public Publish publish() {
        return new Publish(topic, payload, qos == null ? 0 : qos, Boolean.TRUE.equals(retain),
                messageId, requestId, traceparent);
    }

    @Override
    public MessageType type() {
        return MessageType.DELIVER;
    }

    @Override
    public int bodyBytes() {
        return Message.sizeBytes(payload);
    }

    @Override
    public int frameBytes() {
        return FrameCodec.HEADER_BYTES + 1 + Message.shortField(topic)
                + Message.shortField(payload) + Message.shortField(messageId)
                + (qos == null ? 0 : Message.shortField(qos.longValue()))
                + (retain == null ? 0 : Message.SHORT_KEY_BYTES + 1)
                + Message.shortField(requestId) + Message.shortField(traceparent);
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.text(Field.SHORT_TOPIC, topic);
        out.bytes(Field.SHORT_PAYLOAD, payload);
        out.bytes(Field.SHORT_ID, messageId);
        out.number(Field.SHORT_QOS, qos);
        out.flag(Field.SHORT_RETAIN, retain);
        out.bytes(Field.SHORT_REQUEST, requestId);
        out.text(Field.SHORT_TRACE, traceparent);
        out.endMap(outer);
    }

    static Deliver decode(FieldReader in) {
        @Nullable String topic = null;
        @Nullable Bytes payload = null;
        @Nullable Bytes messageId = null;
        @Nullable Integer qos = null;
        @Nullable Boolean retain = null;
        @Nullable Bytes requestId = null;
        @Nullable String traceparent = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case SHORT_TOPIC -> topic = in.text();
                case SHORT_PAYLOAD -> payload = in.bytes();
                case SHORT_ID -> messageId = in.id();
                case SHORT_QOS -> qos = in.count();
                case SHORT_RETAIN -> retain = in.flag();
                case SHORT_REQUEST -> requestId = in.id();
                case SHORT_TRACE -> traceparent = in.text();
                default -> in.skip();
            }
        }
        in.endMap();
        return new Deliver(in.required(topic, Field.SHORT_TOPIC),
                in.required(payload, Field.SHORT_PAYLOAD),
                in.required(messageId, Field.SHORT_ID), qos, retain, requestId, traceparent);
    }
}
