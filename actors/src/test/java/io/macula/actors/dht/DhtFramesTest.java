package io.macula.actors.dht;

import static io.macula.actors.link.fake.Nodes.idOf;
import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.macula.actors.dht.DhtFrames.Read;
import io.macula.actors.rpc.Offers;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Cast;
import io.macula.actors.wire.Decoded;
import io.macula.actors.wire.FindNode;
import io.macula.actors.wire.FindNodeReply;
import io.macula.actors.wire.FindValue;
import io.macula.actors.wire.FindValueReply;
import io.macula.actors.wire.FrameCodec;
import io.macula.actors.wire.Reply;
import io.macula.actors.wire.Store;
import io.macula.actors.wire.Value;
import io.macula.dht.Contact;
import io.macula.dht.Endpoint;
import io.macula.dht.node.Message;
import io.macula.dht.record.SignedRecord;
import io.macula.dht.store.Verdict;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DhtFramesTest {

    private static final Bytes ID = Bytes.utf8("sixteen bytes id");
    private static final List<Contact> CONTACTS = List.of(
            new Contact(node(1), Endpoint.of("10.0.0.1", 1)),
            new Contact(node(2), Endpoint.of("2001:db8::1", 65_535)),
            new Contact(node(3), Endpoint.of("gateway.example", 9443)));

    private final DhtFrames frames = new DhtFrames(77);

    static Stream<Message.Request> requests() {
        return Stream.of(new Message.Ping(), new Message.FindNode(node(1)),
                new Message.FindValue(node(2)), new Message.FindProviders(node(3)),
                new Message.Keep(Records.provider("home"), 0, -5),
                new Message.Keep(Records.value((byte) 1), 30_000, Long.MIN_VALUE),
                new Message.Keep(Records.withdrawal(Records.KEY), 0, Long.MAX_VALUE));
    }

    static Stream<Message.Reply> findReplies() {
        return Stream.of(new Message.Nodes(CONTACTS, 42), new Message.Nodes(List.of(), -42),
                new Message.Found(List.of(Records.provider("home")), CONTACTS),
                new Message.Found(List.of(Records.value((byte) 1)), List.of()),
                new Message.Busy());
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    private static io.macula.actors.wire.Message travelled(io.macula.actors.wire.Message frame) {
        return FrameCodec.decode(FrameCodec.encode(frame)) instanceof Decoded.Ok(var message)
                ? message
                : fail();
    }

    private static io.macula.actors.wire.Message fail() {
        throw new AssertionError("a frame of ours cannot be decoded");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void everyQuestionComesThroughUnchanged(Message.Request request) {
        var frame = travelled(frames.question(9, request));

        assertThat(DhtFrames.isOne(frame)).isTrue();
        assertThat(frames.read(frame)).hasValueSatisfying(read -> assertThat(read)
                .isInstanceOfSatisfying(Read.Question.class,
                        question -> assertThat(question.request()).isEqualTo(request)));
    }

    @ParameterizedTest
    @MethodSource("findReplies")
    void everyAnswerToASearchComesThroughUnchanged(Message.Reply reply) {
        answersWith(new Message.FindProviders(node(3)), reply);
        answersWith(new Message.FindValue(node(3)), reply);
    }

    @Test
    void everyOtherAnswerComesThroughUnchanged() {
        answersWith(new Message.Ping(), new Message.Pong());
        answersWith(new Message.Ping(), new Message.Busy());
        answersWith(new Message.FindNode(node(1)), new Message.Nodes(CONTACTS, 42));
        answersWith(new Message.FindNode(node(1)), new Message.Busy());
        var keep = new Message.Keep(Records.provider("home"), 0, 0);
        for (var verdict : Verdict.values()) {
            answersWith(keep, new Message.Stored(verdict));
        }
        answersWith(keep, new Message.Busy());
    }

    private void answersWith(Message.Request request, Message.Reply reply) {
        var question = frames.read(travelled(frames.question(9, request))).orElseThrow();
        var asked = (Read.Question) question;

        var frame = travelled(DhtFrames.answer(asked.requestId(), request, reply));

        assertThat(DhtFrames.isOne(frame)).isTrue();
        assertThat(frames.read(frame)).contains(new Read.Answer(9, reply));
    }

    @Test
    void aGoodbyeComesThrough() {
        var frame = travelled(DhtFrames.goodbye());

        assertThat(DhtFrames.isOne(frame)).isTrue();
        assertThat(frames.read(frame)).contains(new Read.Goodbye());
    }

    @Test
    void leavesTheFramesOfClientsToTheirGateway() {
        var framesOfClients = List.of(FindNode.of(idOf(node(1))).withRequestId(ID),
                FindValue.of(Offers.key("add")).withRequestId(ID), FindValue.of(Bytes.EMPTY),
                Offers.offer(node(1), "", "add", Duration.ofMinutes(5), ID),
                Offers.withdrawal(node(1), "add", ID), FindNodeReply.of(List.of()),
                FindValueReply.value(Value.of(1)), FindValueReply.error("busy"),
                Reply.result(ID, Value.of("ok")), Reply.result(ID, Value.Map.EMPTY),
                Reply.error(ID, "busy", "no"), Cast.of("add"));

        assertThat(framesOfClients).noneMatch(DhtFrames::isOne);
    }

    @Test
    void anAnswerToAnEarlierIncarnationIsNone() {
        var request = new Message.Ping();
        var earlier = (Read.Question) new DhtFrames(76).read(
                new DhtFrames(76).question(9, request)).orElseThrow();

        var frame = DhtFrames.answer(earlier.requestId(), request, new Message.Pong());

        assertThat(frames.read(frame)).isEmpty();
    }

    @Test
    void questionsWithoutSenseAreNone() {
        var record = SignedRecords.toWire(Records.provider("home"));
        var key = idOf(Records.ADD.id());
        var senseless = List.of(FindNode.of(Bytes.utf8("short"))
                .withRequestId(ID)
                .withKind("nodes"), FindNode.of(idOf(node(1))).withKind("nodes"),
                FindNode.of(idOf(node(1))).withRequestId(ID).withKind("everything"),
                FindValue.of(Bytes.EMPTY).withRequestId(ID).withKind("value"),
                FindValue.of(idOf(node(1))).withRequestId(ID).withKind(""),
                Store.of(idOf(node(5)), record).withRequestId(ID),
                Store.of(key, record),
                Store.of(key, record.with("signature", "short")).withRequestId(ID),
                Store.of(key, record.with("public_key", Bytes.of(new byte[1_000])))
                        .withRequestId(ID),
                Store.of(key, record.with("kind", "truth")).withRequestId(ID),
                Store.of(key, record.with("kind", 1)).withRequestId(ID),
                Store.of(key, record.with("sequence", -1)).withRequestId(ID),
                Store.of(key, record.with("expires_at", "soon")).withRequestId(ID),
                Store.of(key, record.with("payload", Bytes.of(
                        new byte[SignedRecord.PAYLOAD_MAX_BYTES + 1]))).withRequestId(ID),
                Store.of(key, record.with("key", Value.Nil.NIL)).withRequestId(ID),
                Store.of(key, Value.Map.EMPTY.with("signature", 1)).withRequestId(ID));

        assertThat(senseless).allSatisfy(frame -> {
            assertThat(DhtFrames.isOne(frame)).isTrue();
            assertThat(frames.read(frame)).isEmpty();
        });
    }

    @Test
    void leavesOutContactsThatMakeNoSense() {
        var good = Value.Map.EMPTY.with("node_id", idOf(node(1))).with("address", "10.0.0.1:1");
        var id = Objects.requireNonNull(
                ((FindNode) frames.question(9, new Message.Ping())).requestId());
        var frame = FindNodeReply.of(List.of(good.with("node_id", "short"),
                good.with("address", "::::"), good.with("address", "h".repeat(256) + ":1"),
                good.with("address", " :1"), Value.Map.EMPTY, good))
                .withRequestId(id)
                .withKind("nodes");

        assertThat(frames.read(frame)).contains(new Read.Answer(9, new Message.Nodes(
                List.of(new Contact(node(1), Endpoint.of("10.0.0.1", 1))), 0)));
    }

    @Test
    void readsNoMoreContactsAndRecordsThanItMayUse() {
        var contact = Value.Map.EMPTY.with("node_id", idOf(node(1)))
                .with("address", "10.0.0.1:1");
        var record = SignedRecords.toWire(Records.provider("home"));
        var id = Objects.requireNonNull(
                ((FindNode) frames.question(9, new Message.Ping())).requestId());
        var frame = FindValueReply.value(Value.of(Collections.nCopies(1_000, record)))
                .withNodes(Collections.nCopies(1_000, contact))
                .withRequestId(id)
                .withKind("providers");

        var answer = (Read.Answer) frames.read(frame).orElseThrow();

        assertThat(answer.reply()).isInstanceOfSatisfying(Message.Found.class, found -> {
            assertThat(found.records()).hasSize(64);
            assertThat(found.contacts()).hasSize(WireContacts.CONTACTS_MAX);
        });
    }

    @Test
    void anAnswerFitsTheShortestFrame() {
        var long8k = SignedRecords.sign(Records.KEY, SignedRecord.Kind.PROVIDER, node(1), 1, 1,
                Bytes.of(new byte[SignedRecord.PAYLOAD_MAX_BYTES]));
        var reply = new Message.Found(Collections.nCopies(64, long8k),
                Collections.nCopies(20, CONTACTS.getLast()));

        var frame = DhtFrames.answer(ID, new Message.FindProviders(node(1)), reply);

        assertThat(FrameCodec.encode(frame)).hasSizeBetween(30_000, 64 * 1024);
    }

    /// Whatever a stranger makes of our frames, reading them ends well.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void survivesDamagedFrames(long seed) {
        var random = new Random(seed);
        var request = requests().toList().get(random.nextInt(7));
        var reply = findReplies().toList().get(random.nextInt(5));
        var frame = FrameCodec.encode(random.nextBoolean()
                ? frames.question(9, request)
                : DhtFrames.answer(ID, new Message.FindProviders(node(1)), reply));
        for (var damage = random.nextInt(1, 6); damage > 0; damage--) {
            frame[8 + random.nextInt(frame.length - 8)] = (byte) random.nextInt();
        }

        assertThatCode(() -> {
            if (FrameCodec.decode(frame) instanceof Decoded.Ok(var message)
                    && DhtFrames.isOne(message)) {
                frames.read(message).ifPresent(read -> assertThat(read).isNotNull());
            }
        }).doesNotThrowAnyException();
    }
}
