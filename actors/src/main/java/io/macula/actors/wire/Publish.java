package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// A message for everybody who subscribed to a pattern that matches its topic.
///
/// @param qos 0, 1 or 2
/// @param retain carried, never honoured
/// @param messageId 16 bytes, the same on every path the message takes
/// @param requestId extra: set by a sender that wants an acknowledgement
/// @param traceparent extra: W3C trace context of the sender
public record Publish(
        String topic, Bytes payload, int qos, boolean retain, Bytes messageId,
        @Nullable Bytes requestId, @Nullable String traceparent) implements Message {

    /// With the required fields only.
    public static Publish of(String topic, Bytes payload, int qos, boolean retain,
            Bytes messageId) {
        return new Publish(topic, payload, qos, retain, messageId, null, null);
    }

    public Publish withRequestId(Bytes requestId) {
        return new Publish(topic, payload, qos, retain, messageId, requestId, traceparent);
    }

    /// The same message, for somebody who is not to acknowledge it.
    public Publish withoutRequestId() {
        return new Publish(topic, payload, qos, retain, messageId, null, traceparent);
    }

    public Publish withTraceparent(@Nullable String traceparent) {
        return new Publish(topic, payload, qos, retain, messageId, requestId, traceparent);
    }

    @Override
    public MessageType type() {
        return MessageType.PUBLISH;
    }

    @Override
    public int bodyBytes() {
        return Message.sizeBytes(payload);
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.text(Field.TOPIC, topic);
        out.bytes(Field.PAYLOAD, payload);
        out.number(Field.QOS, qos);
        out.flag(Field.RETAIN, retain);
        out.bytes(Field.MESSAGE_ID, messageId);
        out.bytes(Field.REQUEST_ID, requestId);
        out.text(Field.TRACEPARENT, traceparent);
        out.endMap(outer);
    }

    static Publish decode(FieldReader in) {
        @Nullable String topic = null;
        @Nullable Bytes payload = null;
        @Nullable Integer qos = null;
        @Nullable Boolean retain = null;
        @Nullable Bytes messageId = null;
        @Nullable Bytes requestId = null;
        @Nullable String traceparent = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case TOPIC -> topic = in.text();
                case PAYLOAD -> payload = in.bytes();
                case QOS -> qos = in.count();
                case RETAIN -> retain = in.flag();
                case MESSAGE_ID -> messageId = in.id();
                case REQUEST_ID -> requestId = in.id();
                case TRACEPARENT -> traceparent = in.text();
                default -> in.skip();
            }
        }
        in.endMap();
        return new Publish(in.required(topic, Field.TOPIC), in.required(payload, Field.PAYLOAD),
                in.required(qos, Field.QOS), in.required(retain, Field.RETAIN),
                in.required(messageId, Field.MESSAGE_ID), requestId, traceparent);
    }
}
