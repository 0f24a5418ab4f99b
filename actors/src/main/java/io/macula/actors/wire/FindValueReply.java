package io.macula.actors.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is kept under the key, or nodes closer to it, or why neither.
///
/// @param typeText the message's own name, which some senders leave out
/// @param result `value` or `nodes`
/// @param reason present when `type` is `error`
/// @param requestId extra: that of the question
/// @param kind extra: that of the question, or `busy`
/// @param token extra: allows who asked to store records at the answering node
public record FindValueReply(
        @Nullable String typeText, @Nullable String result, @Nullable Value value,
        @Nullable List<Value.Map> nodes, @Nullable String reason,
        @Nullable Bytes requestId, @Nullable String kind,
        @Nullable Long token) implements Message {

    public FindValueReply {
        nodes = nodes == null ? null : List.copyOf(nodes);
    }

    public static FindValueReply value(Value value) {
        return new FindValueReply("find_value_reply", "value", value, null, null, null,
                null, null);
    }

    public static FindValueReply nodes(List<Value.Map> nodes) {
        return new FindValueReply("find_value_reply", "nodes", null, nodes, null, null,
                null, null);
    }

    public static FindValueReply error(String reason) {
        return new FindValueReply("error", null, null, null, reason, null, null, null);
    }

    public FindValueReply withRequestId(Bytes requestId) {
        return new FindValueReply(typeText, result, value, nodes, reason, requestId, kind,
                token);
    }

    public FindValueReply withKind(String kind) {
        return new FindValueReply(typeText, result, value, nodes, reason, requestId, kind,
                token);
    }

    public FindValueReply withNodes(List<Value.Map> nodes) {
        return new FindValueReply(typeText, result, value, nodes, reason, requestId, kind,
                token);
    }

    public FindValueReply withToken(long token) {
        return new FindValueReply(typeText, result, value, nodes, reason, requestId, kind,
                token);
    }

    @Override
    public MessageType type() {
        return MessageType.FIND_VALUE_REPLY;
    }

    @Override
    public void encode(FieldWriter out) {
        var outer = out.beginMap();
        out.text(Field.TYPE, typeText);
        out.text(Field.RESULT, result);
        out.value(Field.VALUE, value);
        out.values(Field.NODES, nodes);
        out.text(Field.REASON, reason);
        out.bytes(Field.REQUEST_ID, requestId);
        out.text(Field.KIND, kind);
        out.number(Field.TOKEN, token);
        out.endMap(outer);
    }

    static FindValueReply decode(FieldReader in) {
        @Nullable String typeText = null;
        @Nullable String result = null;
        @Nullable Value value = null;
        @Nullable List<Value.Map> nodes = null;
        @Nullable String reason = null;
        @Nullable Bytes requestId = null;
        @Nullable String kind = null;
        @Nullable Long token = null;
        for (var left = in.beginMap(); left > 0; left--) {
            switch (in.key()) {
                case TYPE -> typeText = in.text();
                case RESULT -> result = in.text();
                case VALUE -> value = in.listOrValue();
                case NODES -> nodes = in.maps();
                case REASON -> reason = in.text();
                case REQUEST_ID -> requestId = in.id();
                case KIND -> kind = in.text();
                case TOKEN -> token = in.number();
                default -> in.skip();
            }
        }
        in.endMap();
        return new FindValueReply(typeText, result, value, nodes, reason, requestId, kind,
                token);
    }
}
