package io.macula.actors.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ends subscriptions, pattern by pattern.
///
/// @param topics patterns
/// @param requestId extra: set by a sender that wants an acknowledgement
public record Unsubscribe(List<String> topics, @Nullable Bytes requestId) implements Message {

    public Unsubscribe {
        topics = List.copyOf(topics);
    }

    /// With the required fields only.
    public static Unsubscribe of(List<String> topics) {
        return new Unsubscribe(topics, null);
    }

    public Unsubscribe withRequestId(Bytes requestId) {
        return new Unsubscribe(topics, requestId);
    }

    @Override
    public MessageType type() {
        return MessageType.UNSUBSCRIBE;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.texts(Field.TOPICS, topics);
        out.bytes(Field.REQUEST_ID, requestId);
        out.endMap(outer);
    }

    static Unsubscribe decode(FieldReader in) {
        @Nullable List<String> topics = null;
        @Nullable Bytes requestId = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case TOPICS -> topics = in.texts();
                case REQUEST_ID -> requestId = in.id();
                default -> in.skip();
            }
        }
        in.endMap();
        return new Unsubscribe(in.required(topics, Field.TOPICS), requestId);
    }
}
