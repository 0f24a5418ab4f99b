package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// Asks for the nodes closest to an id.
///
/// @param typeText the message's own name, which some senders leave out
/// @param requestId extra: repeated in the reply
/// @param kind extra: `nodes`, or `ping` for a mere sign of life; without it the question is one of
///     a client to its gateway
public record FindNode(
        Bytes target, @Nullable String typeText, @Nullable Bytes requestId,
        @Nullable String kind) implements Message {

    /// With the required fields only.
    public static FindNode of(Bytes target) {
        return new FindNode(target, "find_node", null, null);
    }

    public FindNode withRequestId(Bytes requestId) {
        return new FindNode(target, typeText, requestId, kind);
    }

    public FindNode withKind(String kind) {
        return new FindNode(target, typeText, requestId, kind);
    }

    @Override
    public MessageType type() {
        return MessageType.FIND_NODE;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.bytes(Field.TARGET, target);
        out.text(Field.TYPE, typeText);
        out.bytes(Field.REQUEST_ID, requestId);
        out.text(Field.KIND, kind);
        out.endMap(outer);
    }

    static FindNode decode(FieldReader in) {
        @Nullable Bytes target = null;
        @Nullable String typeText = null;
        @Nullable Bytes requestId = null;
        @Nullable String kind = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case TARGET -> target = in.id();
                case TYPE -> typeText = in.text();
                case REQUEST_ID -> requestId = in.id();
                case KIND -> kind = in.text();
                default -> in.skip();
            }
        }
        in.endMap();
        return new FindNode(in.required(target, Field.TARGET), typeText, requestId,
                kind);
    }
}
