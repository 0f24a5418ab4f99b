package io.macula.actors.dht;

import static io.macula.actors.link.fake.Nodes.idOf;
import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.identity.NodeKey;
import io.macula.actors.identity.Realm;
import io.macula.actors.link.fake.Eventually;
import io.macula.actors.link.fake.TurningClock;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.FindNode;
import io.macula.actors.wire.FindNodeReply;
import io.macula.actors.wire.FindValue;
import io.macula.actors.wire.FindValueReply;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.Reply;
import io.macula.actors.wire.Store;
import io.macula.actors.wire.Value;
import io.macula.dht.Contact;
import io.macula.dht.Endpoint;
import io.macula.dht.lookup.Goal;
import io.macula.dht.record.SignedRecord;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// One node, to which strangers talk.
class RoutingServerTest {

    private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());
    private static final ManualTime TIME = ManualTime.get(KIT.system());
    private static final Bytes ID = Bytes.utf8("sixteen bytes id");
    private static final Contact PEER = new Contact(node(1), Endpoint.of("10.0.0.1", 1));
    private static final Contact OTHER = new Contact(node(2), Endpoint.of("10.0.0.2", 1));

    private record Sent(Contact to, Message frame, Runnable undeliverable) {}

    private final TurningClock clock = new TurningClock();
    private final NodeKey key = NodeKey.generate();
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private final AtomicReference<List<Contact>> linked = new AtomicReference<>(List.of());
    private final Discovery discovery = new Discovery(new Discovery.Parts(key, Realm.open("home"),
            () -> new Provider(key.id(), List.of(), List.of(), 0), DhtConfig.DEFAULT, clock,
            Runnable::run));
    private final ActorRef<RoutingServer.Command> server = start();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private ActorRef<RoutingServer.Command> start() {
        var self = new Contact(key.id(), Endpoint.of("127.0.0.1", 9443));
        var spawned = KIT.spawn(RoutingServer.create(new RoutingServer.Parts(self, discovery,
                (to, frame, undeliverable) -> sent.add(new Sent(to, frame, undeliverable)),
                linked::get, new Random(1))));
        discovery.attach(spawned);
        return spawned;
    }

    private void pass(Duration time) {
        settled();
        clock.turn(time);
        TIME.timePasses(time);
        settled();
    }

    /// Everything told so far has been read: a last frame, of no use, was.
    private TableView settled() {
        discovery.received(new Contact(key.id(), PEER.endpoint()), true, DhtFrames.goodbye());
        Eventually.eventually(() -> discovery.inbox().waiting() == 0);
        return DhtNet.await(discovery.table()).orElseThrow();
    }

    private void says(Contact from, Message frame) {
        assertThat(discovery.received(from, true, frame)).isTrue();
        settled();
    }

    private <M> List<M> answers(Class<M> kind) {
        return sent.stream().map(Sent::frame).filter(kind::isInstance).map(kind::cast).toList();
    }

    /// Lets `from` find out its token and returns it.
    private long tokenOf(Contact from) {
        says(from, FindNode.of(idOf(node(9))).withRequestId(ID).withKind("nodes"));
        return Objects.requireNonNull(answers(FindNodeReply.class).getLast().token());
    }

    private Store store(SignedRecord signed, long token) {
        return Store.of(idOf(signed.key()), SignedRecords.toWire(signed))
                .withRequestId(ID)
                .withToken(token);
    }

    private String verdict() {
        return answers(Reply.class).getLast().result() instanceof Value.Map map
                ? map.text("verdict").orElse("")
                : "";
    }

    private SignedRecord record(long sequence, Duration ttl) {
        return SignedRecords.sign(Records.KEY, SignedRecord.Kind.PROVIDER, Records.ADD.id(),
                sequence, clock.millis() + ttl.toMillis(),
                Payloads.ofProvider("home", Records.PROVIDER));
    }

    @Test
    void answersAPing() {
        says(PEER, FindNode.of(Bytes.EMPTY).withRequestId(ID).withKind("ping"));

        assertThat(sent).singleElement().satisfies(reply -> {
            assertThat(reply.to()).isEqualTo(PEER);
            assertThat(reply.frame()).isEqualTo(
                    FindNodeReply.of(List.of()).withRequestId(ID).withKind("ping"));
        });
    }

    @Test
    void namesTheNodesItHasHeardOfButNotTheAskerAndNoClient() {
        says(PEER, FindNode.of(Bytes.EMPTY).withRequestId(ID).withKind("ping"));
        discovery.received(new Contact(node(3), Endpoint.of("10.0.0.3", 1)), false,
                FindNode.of(Bytes.EMPTY).withRequestId(ID).withKind("ping"));

        says(OTHER, FindNode.of(idOf(node(9))).withRequestId(ID).withKind("nodes"));

        var nodes = answers(FindNodeReply.class).getLast().nodes();
        assertThat(nodes).singleElement().satisfies(node -> {
            assertThat(node.bytes("node_id")).contains(idOf(PEER.id()));
            assertThat(node.text("address")).contains("10.0.0.1:1");
        });
    }

    @Test
    void keepsARecordOnlyOfWhoAskedFirst() {
        says(PEER, store(record(1, Duration.ofMinutes(5)), 0));
        assertThat(verdict()).isEqualTo("no_token");
        var token = tokenOf(PEER);

        says(OTHER, store(record(1, Duration.ofMinutes(5)), token));
        assertThat(verdict()).as("the token of somebody else").isEqualTo("no_token");
        says(PEER, store(record(1, Duration.ofMinutes(5)), token));

        assertThat(verdict()).isEqualTo("stored");
        says(OTHER, FindValue.of(idOf(Records.ADD.id()))
                .withRequestId(ID)
                .withKind("providers"));
        assertThat(answers(FindValueReply.class).getLast().value())
                .isEqualTo(Value.of(List.of(
                        SignedRecords.toWire(record(1, Duration.ofMinutes(5))))));
    }

    @Test
    void refusesRecordsThatAreForgedForeignOldOrOver() {
        var token = tokenOf(PEER);
        var signed = record(5, Duration.ofMinutes(5));
        says(PEER, store(signed, token));
        assertThat(verdict()).isEqualTo("stored");

        says(PEER, store(record(4, Duration.ofMinutes(5)), token));
        assertThat(verdict()).isEqualTo("older");
        says(PEER, store(record(6, Duration.ZERO), token));
        assertThat(verdict()).isEqualTo("expired");
        says(PEER, store(record(7, Duration.ofMinutes(5)).withSignature(signed.signature()),
                token));
        assertThat(verdict()).isEqualTo("forged");
        says(PEER, store(SignedRecords.sign(NodeKey.generate(), SignedRecord.Kind.PROVIDER,
                Records.ADD.id(), 1, clock.millis() + 1_000,
                Payloads.ofProvider("abroad", Records.PROVIDER)), token));
        assertThat(verdict()).as("a record of another realm").isEqualTo("forged");
    }

    @Test
    void forgetsARecordThatHasExpired() {
        says(PEER, store(record(1, Duration.ofMinutes(5)), tokenOf(PEER)));
        assertThat(settled().providedKeys()).isOne();

        pass(Duration.ofSeconds(301));

        assertThat(settled().providedKeys()).isZero();
    }

    @Test
    void takesNoAnswerThatNobodyWasAskedFor() {
        var strangers = FindNodeReply.of(List.of(Value.Map.EMPTY.with("node_id", idOf(node(8)))
                .with("address", "10.0.0.8:1"))).withKind("nodes");

        says(PEER, strangers.withRequestId(ID));
        says(PEER, strangers);
        says(PEER, FindValueReply.value(Value.of(List.of()))
                .withRequestId(ID)
                .withKind("providers"));
        says(PEER, Reply.result(ID, Value.Map.EMPTY.with("verdict", "stored")));

        assertThat(settled().contacts()).isEmpty();
        assertThat(sent).isEmpty();
    }

    /// An answer counts only from the node that was asked.
    @Test
    void takesNoAnswerFromAnybodyElse() {
        server.tell(new RoutingServer.Linked(PEER));
        var found = discovery.find(Goal.NODES, node(9), 1).toCompletableFuture();
        settled();
        var question = (FindNode) sent.getFirst().frame();
        var answer = FindNodeReply.of(List.of())
                .withKind("nodes")
                .withRequestId(Objects.requireNonNull(question.requestId()));

        says(OTHER, answer);
        assertThat(settled().requestsUnderWay()).isOne();
        says(PEER, answer);

        assertThat(settled().contacts()).hasSize(1);
        assertThat(found).isNotCompletedExceptionally();
    }

    @Test
    void whoClaimsToBeThisNodeIsNotHeard() {
        says(new Contact(key.id(), Endpoint.of("10.6.6.6", 1)),
                FindNode.of(Bytes.EMPTY).withRequestId(ID).withKind("ping"));

        assertThat(sent).isEmpty();
        assertThat(settled().contacts()).isEmpty();
    }

    @Test
    void malformedFramesChangeNothing() {
        says(PEER, FindNode.of(Bytes.utf8("short")).withRequestId(ID).withKind("nodes"));
        says(PEER, FindNode.of(idOf(node(1))).withKind("nodes"));
        says(PEER, Store.of(Bytes.EMPTY, Value.Map.EMPTY.with("signature", 1)));

        assertThat(sent).isEmpty();
        assertThat(settled().contacts()).isEmpty();
    }

    @Test
    void repeatsAQuestionAndThenGivesUp() {
        server.tell(new RoutingServer.Linked(PEER));
        settled();
        assertThat(sent).hasSize(1);

        pass(Duration.ofMillis(500));
        assertThat(sent).as("repeated").hasSize(2);
        pass(Duration.ofSeconds(3));

        assertThat(settled().contacts()).singleElement()
                .satisfies(entry -> assertThat(entry.failures()).isOne());
    }

    @Test
    void doesNotWaitForWhatIsUndeliverable() {
        discovery.join(List.of(PEER)).thenAccept(contacts -> assertThat(contacts).isZero());
        settled();

        sent.getFirst().undeliverable().run();

        Eventually.eventually(() -> settled().requestsUnderWay() == 0);
    }

    @Test
    void triesToJoinAgainThroughWhoIsLinked() {
        DhtNet.await(discovery.table());
        linked.set(List.of(PEER));

        pass(RoutingServer.REJOIN);

        assertThat(sent).first().satisfies(first -> assertThat(first.to()).isEqualTo(PEER));
    }

    @Test
    void saysItsRecordsAgainBeforeTheyExpire() {
        DhtNet.await(discovery.advertise(Records.ADD));
        assertThat(stored()).isPresent();
        var first = stored().orElseThrow();

        pass(Duration.ofSeconds(241));
        Eventually.eventually(() -> stored().filter(now -> now.isNewerThan(first)).isPresent());
        pass(Duration.ofSeconds(241));

        assertThat(stored()).as("without it the record would be over").isPresent();
    }

    /// What this node itself keeps of its own key.
    private Optional<SignedRecord> stored() {
        discovery.received(PEER, false, FindValue.of(idOf(Records.ADD.id()))
                .withRequestId(ID)
                .withKind("providers"));
        settled();
        var value = answers(FindValueReply.class).getLast().value();
        return value instanceof Value.Array(var elements) && !elements.isEmpty()
                ? SignedRecords.ofWire(elements.getFirst())
                : Optional.empty();
    }
}
