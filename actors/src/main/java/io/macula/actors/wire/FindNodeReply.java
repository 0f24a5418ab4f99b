package io.macula.actors.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The closest nodes the answering node knows.
///
/// @param nodes each with `node_id` and `address`
/// @param typeText the message's own name, which some senders leave out
/// @param requestId extra: that of the question
public record FindNodeReply(
        List<Value.Map> nodes, @Nullable String typeText,
        @Nullable Bytes requestId) implements Message {

    public FindNodeReply {
        nodes = List.copyOf(nodes);
    }

    /// With the required fields only.
    public static FindNodeReply of(List<Value.Map> nodes) {
        return new FindNodeReply(nodes, "find_node_reply", null);
    }

    public FindNodeReply withRequestId(Bytes requestId) {
        return new FindNodeReply(nodes, typeText, requestId);
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
        out.endMap(outer);
    }

    static FindNodeReply decode(FieldReader in) {
        @Nullable List<Value.Map> nodes = null;
        @Nullable String typeText = null;
        @Nullable Bytes requestId = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case NODES -> nodes = in.maps();
                case TYPE -> typeText = in.text();
                case REQUEST_ID -> requestId = in.id();
                default -> in.skip();
            }
        }
        in.endMap();
        return new FindNodeReply(in.required(nodes, Field.NODES), typeText, requestId);
    }
}
