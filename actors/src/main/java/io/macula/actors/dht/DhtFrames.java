package io.macula.actors.dht;

import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Cast;
import io.macula.actors.wire.FindNode;
import io.macula.actors.wire.FindNodeReply;
import io.macula.actors.wire.FindValue;
import io.macula.actors.wire.FindValueReply;
import io.macula.actors.wire.Reply;
import io.macula.actors.wire.Store;
import io.macula.actors.wire.Value;
import io.macula.dht.node.Message;
import io.macula.dht.record.SignedRecord;
import io.macula.dht.store.Verdict;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The messages of the core as frames, and back (`docs/reference/wire.md`). What cannot be read is
/// empty, never an exception: frames come from strangers.
///
/// @param incarnation stands in the id of each request, so that an answer to an earlier
///     incarnation of this process is none to this one
record DhtFrames(long incarnation) {

    /// What a frame came to.
    sealed interface Read {
        record Question(Bytes requestId, Message.Request request)
                implements
                    Read {}

        record Answer(long number, Message.Reply reply) implements Read {}

        record Goodbye() implements Read {}
    }

    /// Bytes of records in one answer: fits the shortest frame limit an operator may set.
    static final int RECORDS_BYTES_MAX = 48 * 1024;

    private static final int RECORDS_MAX = 64;
    private static final int REQUEST_ID_BYTES = 16;

    private static final String PING = "ping";
    private static final String NODES = "nodes";
    private static final String VALUE = "value";
    private static final String PROVIDERS = "providers";
    private static final String BUSY = "busy";
    private static final String LEAVING = "_dht.leaving";
    private static final String VERDICT = "verdict";

    /// Whether a frame is one of the DHT at all.
    static boolean isOne(io.macula.actors.wire.Message frame) {
        return switch (frame) {
            case FindNode find -> find.kind() != null;
            case FindValue find -> find.kind() != null;
            case FindNodeReply reply -> reply.kind() != null;
            case FindValueReply reply -> reply.kind() != null;
            case Store store -> SignedRecords.isRecord(store.value());
            case Reply reply -> reply.result() instanceof Value.Map map
                    && map.get(VERDICT).isPresent();
            case Cast cast -> cast.procedure().equals(LEAVING);
            default -> false;
        };
    }

    io.macula.actors.wire.Message question(long number, Message.Request request) {
        var id = requestId(number);
        return switch (request) {
            case Message.Ping() ->
                FindNode.of(Bytes.EMPTY).withRequestId(id).withKind(PING);
            case Message.FindNode(var target) ->
                FindNode.of(NodeIds.toWire(target)).withRequestId(id).withKind(NODES);
            case Message.FindValue(var key) ->
                FindValue.of(NodeIds.toWire(key)).withRequestId(id).withKind(VALUE);
            case Message.FindProviders(var key) ->
                FindValue.of(NodeIds.toWire(key)).withRequestId(id).withKind(PROVIDERS);
            case Message.Keep(var signed, var cacheMillis, var token) -> {
                var store = Store.of(NodeIds.toWire(signed.key()), SignedRecords.toWire(signed))
                        .withRequestId(id)
                        .withToken(token);
                yield cacheMillis > 0 ? store.withCacheMs(cacheMillis) : store;
            }
        };
    }

    /// @param request what is answered: it decides in which frame
    static io.macula.actors.wire.Message answer(Bytes requestId, Message.Request request,
            Message.Reply reply) {
        return switch (request) {
            case Message.Ping() ->
                FindNodeReply.of(List.of()).withRequestId(requestId).withKind(kind(PING, reply));
            case Message.FindNode _ -> found(requestId, reply);
            case Message.FindValue _ -> found(requestId, VALUE, reply);
            case Message.FindProviders _ -> found(requestId, PROVIDERS, reply);
            case Message.Keep _ -> Reply.result(requestId,
                    Value.Map.EMPTY.with(VERDICT, verdict(reply)));
        };
    }

    static io.macula.actors.wire.Message goodbye() {
        return Cast.of(LEAVING);
    }

    Optional<Read> read(io.macula.actors.wire.Message frame) {
        return switch (frame) {
            case FindNode find -> question(find.requestId(), request(find));
            case FindValue find -> question(find.requestId(), request(find));
            case Store store -> question(store.requestId(), request(store));
            case FindNodeReply reply -> answer(reply.requestId(), reply(reply));
            case FindValueReply reply -> answer(reply.requestId(), reply(reply));
            case Reply reply -> answer(reply.callId(), reply(reply));
            case Cast cast when cast.procedure().equals(LEAVING) ->
                Optional.of(new Read.Goodbye());
            default -> Optional.empty();
        };
    }

    private Bytes requestId(long number) {
        return Bytes.of(ByteBuffer.allocate(REQUEST_ID_BYTES)
                .putLong(incarnation)
                .putLong(number)
                .array());
    }

    private static Optional<Read> question(@Nullable Bytes requestId,
            Optional<Message.Request> request) {
        return requestId == null
                ? Optional.empty()
                : request.map(known -> new Read.Question(requestId, known));
    }

    private Optional<Read> answer(@Nullable Bytes requestId,
            Optional<Message.Reply> reply) {
        if (requestId == null || requestId.sizeBytes() != REQUEST_ID_BYTES) {
            return Optional.empty();
        }
        var id = requestId.asBuffer();
        return id.getLong() == incarnation
                ? reply.map(known -> new Read.Answer(id.getLong(Long.BYTES), known))
                : Optional.empty();
    }

    private static Optional<Message.Request> request(FindNode find) {
        return switch (find.kind()) {
            case PING -> Optional.of(new Message.Ping());
            case NODES -> NodeIds.of(find.target()).map(Message.FindNode::new);
            case null, default -> Optional.empty();
        };
    }

    private static Optional<Message.Request> request(FindValue find) {
        return switch (find.kind()) {
            case VALUE -> NodeIds.of(find.key()).map(Message.FindValue::new);
            case PROVIDERS ->
                NodeIds.of(find.key()).map(Message.FindProviders::new);
            case null, default -> Optional.empty();
        };
    }

    /// The key in front of the record has to be the record's own.
    private static Optional<Message.Request> request(Store store) {
        var cacheMs = store.cacheMs();
        var token = store.token();
        return SignedRecords.ofWire(store.value())
                .filter(signed -> NodeIds.toWire(signed.key()).equals(store.key()))
                .map(signed -> new Message.Keep(signed,
                        cacheMs == null ? 0 : Math.max(1, cacheMs), token == null ? 0 : token));
    }

    private static io.macula.actors.wire.Message found(Bytes requestId, Message.Reply reply) {
        if (reply instanceof Message.Nodes(var contacts, var token)) {
            return FindNodeReply.of(WireContacts.toWire(contacts))
                    .withRequestId(requestId)
                    .withKind(NODES)
                    .withToken(token);
        }
        return FindNodeReply.of(List.of()).withRequestId(requestId).withKind(kind(NODES, reply));
    }

    private static io.macula.actors.wire.Message found(Bytes requestId, String kind,
            Message.Reply reply) {
        return switch (reply) {
            case Message.Found(var records, var contacts) ->
                FindValueReply.value(records(records))
                        .withNodes(WireContacts.toWire(contacts))
                        .withRequestId(requestId)
                        .withKind(kind);
            case Message.Nodes(var contacts, var token) ->
                FindValueReply.nodes(WireContacts.toWire(contacts))
                        .withRequestId(requestId)
                        .withKind(kind)
                        .withToken(token);
            default ->
                FindValueReply.nodes(List.of()).withRequestId(requestId).withKind(BUSY);
        };
    }

    private static String kind(String kind, Message.Reply reply) {
        return reply instanceof Message.Busy ? BUSY : kind;
    }

    private static String verdict(Message.Reply reply) {
        return reply instanceof Message.Stored(var verdict)
                ? verdict.name().toLowerCase(Locale.ROOT)
                : BUSY;
    }

    private static Optional<Message.Reply> reply(FindNodeReply reply) {
        return switch (reply.kind()) {
            case PING -> Optional.of(new Message.Pong());
            case NODES -> Optional.of(nodes(reply.nodes(), reply.token()));
            case BUSY -> Optional.of(new Message.Busy());
            case null, default -> Optional.empty();
        };
    }

    private static Optional<Message.Reply> reply(FindValueReply reply) {
        var nodes = reply.nodes();
        return switch (reply.kind()) {
            case VALUE, PROVIDERS -> {
                var records = records(reply.value());
                var contacts = nodes(nodes == null ? List.of() : nodes, reply.token());
                yield Optional.of(records.isEmpty()
                        ? contacts
                        : new Message.Found(records, contacts.contacts()));
            }
            case BUSY -> Optional.of(new Message.Busy());
            case null, default -> Optional.empty();
        };
    }

    private static Optional<Message.Reply> reply(Reply reply) {
        var word = reply.result() instanceof Value.Map map ? map.text(VERDICT).orElse("") : "";
        if (word.equals(BUSY)) {
            return Optional.of(new Message.Busy());
        }
        for (var verdict : Verdict.values()) {
            if (verdict.name().toLowerCase(Locale.ROOT).equals(word)) {
                return Optional.of(new Message.Stored(verdict));
            }
        }
        return Optional.empty();
    }

    private static Message.Nodes nodes(List<Value.Map> nodes, @Nullable Long token) {
        return new Message.Nodes(WireContacts.ofWire(nodes), token == null ? 0 : token);
    }

    /// As many as fit, in their order.
    private static Value records(List<SignedRecord> records) {
        var fitting = new ArrayList<Value>();
        var left = RECORDS_BYTES_MAX;
        for (var signed : records) {
            left -= signed.payload().sizeBytes() + SignedRecords.OVERHEAD_BYTES;
            if (left >= 0) {
                fitting.add(SignedRecords.toWire(signed));
            }
        }
        return Value.of(fitting);
    }

    private static List<SignedRecord> records(@Nullable Value value) {
        if (!(value instanceof Value.Array(var elements))) {
            return List.of();
        }
        return elements.stream()
                .limit(RECORDS_MAX)
                .flatMap(element -> SignedRecords.ofWire(element).stream())
                .toList();
    }
}
