package io.macula.actors.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The closest nodes the answering node knows.
///
/// @param nodes each with `node_id` and `address`
/// @param typeText the message's own name, which some senders leave out
/// @param requestId extra: that of the question
/// @param kind extra: that of the question, or `busy`
/// @param token extra: allows who asked to store records at the answering node
public record FindNodeReply(
        List<Value.Map> nodes, @Nullable String typeText,
        @Nullable Bytes requestId, @Nullable String kind,
        @Nullable Long token) implements Message {

    public FindNodeReply {
        nodes = List.copyOf(nodes);
    }

    /// With the required fields only.
    public static FindNodeReply of(List<Value.Map> nodes) {
        return new FindNodeReply(nodes, "find_node_reply", null, null, null);
    }

    public FindNodeReply withRequestId(Bytes requestId) {
        return new FindNodeReply(nodes, typeText, requestId, kind, token);
    }

    public FindNodeReply withKind(String kind) {
        return new FindNodeReply(nodes, typeText, requestId, kind, token);
    }

    public FindNodeReply withToken(long token) {
        return new FindNodeReply(nodes, typeText, requestId, kind, token);
    }

    @Override
    public MessageType type() {
        return MessageType.FIND_NODE_REPLY;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.values(Field.NODES, nodes);
        out.text(Field.TYPE, typeText);
        out.bytes(Field.REQUEST_ID, requestId);
        out.text(Field.KIND, kind);
        out.number(Field.TOKEN, token);
        out.endMap(outer);
    }

    static FindNodeReply decode(FieldReader in) {
        @Nullable List<Value.Map> nodes = null;
        @Nullable String typeText = null;
        @Nullable Bytes requestId = null;
        @Nullable String kind = null;
        @Nullable Long token = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case NODES -> nodes = in.maps();
                case TYPE -> typeText = in.text();
                case REQUEST_ID -> requestId = in.id();
                case KIND -> kind = in.text();
                case TOKEN -> token = in.number();
                default -> in.skip();
            }
        }
        in.endMap();
        return new FindNodeReply(in.required(nodes, Field.NODES), typeText, requestId,
                kind, token);
    }
}
