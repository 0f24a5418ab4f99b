package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// Asks for what is kept under a key.
///
/// @param typeText the message's own name, which some senders leave out
/// @param requestId extra: repeated in the reply
/// @param kind extra: `value` or `providers`; without it the question is one of a client to its
///     gateway
public record FindValue(
        Bytes key, @Nullable String typeText, @Nullable Bytes requestId,
        @Nullable String kind) implements Message {

    /// With the required fields only.
    public static FindValue of(Bytes key) {
        return new FindValue(key, "find_value", null, null);
    }

    public FindValue withRequestId(Bytes requestId) {
        return new FindValue(key, typeText, requestId, kind);
    }

    public FindValue withKind(String kind) {
        return new FindValue(key, typeText, requestId, kind);
    }

    @Override
    public MessageType type() {
        return MessageType.FIND_VALUE;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.bytes(Field.KEY, key);
        out.text(Field.TYPE, typeText);
        out.bytes(Field.REQUEST_ID, requestId);
        out.text(Field.KIND, kind);
        out.endMap(outer);
    }

    static FindValue decode(FieldReader in) {
        @Nullable Bytes key = null;
        @Nullable String typeText = null;
        @Nullable Bytes requestId = null;
        @Nullable String kind = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case KEY -> key = in.id();
                case TYPE -> typeText = in.text();
                case REQUEST_ID -> requestId = in.id();
                case KIND -> kind = in.text();
                default -> in.skip();
            }
        }
        in.endMap();
        return new FindValue(in.required(key, Field.KEY), typeText, requestId, kind);
    }
}
