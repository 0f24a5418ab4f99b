package io.macula.actors.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks for what is published on topics that match the patterns.
///
/// @param topics patterns
/// @param qos 0, 1 or 2
/// @param requestId extra: set by a sender that wants an acknowledgement
public record Subscribe(
        List<String> topics, int qos, @Nullable Bytes requestId) implements Message {

    public Subscribe {
        topics = List.copyOf(topics);
    }

    /// With the required fields only.
    public static Subscribe of(List<String> topics, int qos) {
        return new Subscribe(topics, qos, null);
    }

    public Subscribe withRequestId(Bytes requestId) {
        return new Subscribe(topics, qos, requestId);
    }

    @Override
    public MessageType type() {
        return MessageType.SUBSCRIBE;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.texts(Field.TOPICS, topics);
        out.number(Field.QOS, qos);
        out.bytes(Field.REQUEST_ID, requestId);
        out.endMap(outer);
    }

    static Subscribe decode(FieldReader in) {
        @Nullable List<String> topics = null;
        @Nullable Integer qos = null;
        @Nullable Bytes requestId = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case TOPICS -> topics = in.texts();
                case QOS -> qos = in.count();
                case REQUEST_ID -> requestId = in.id();
                default -> in.skip();
            }
        }
        in.endMap();
        return new Subscribe(in.required(topics, Field.TOPICS), in.required(qos, Field.QOS),
                requestId);
    }
}
