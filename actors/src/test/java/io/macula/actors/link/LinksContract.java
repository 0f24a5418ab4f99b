package io.macula.actors.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.actors.identity.Realm;
import io.macula.actors.identity.RealmSecret;
import io.macula.actors.link.Link.Sent;
import io.macula.actors.link.Links.Dialled;
import io.macula.actors.link.TestNode.Heard;
import io.macula.actors.link.TestNode.Plan;
import io.macula.actors.link.quic.QuicConfig;
import io.macula.actors.link.quic.QuicProvider;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.RelayData;
import io.macula.actors.wire.RpcRequest;
import io.macula.actors.wire.Subscribe;
import io.macula.dht.NodeId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What links promise over real sockets, for each pair of QUIC providers.
abstract class LinksContract {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<TestNode> nodes = new ArrayList<>();
    private final Heard heard = new Heard();

    abstract QuicProvider diallingProvider(QuicConfig config);

    abstract QuicProvider listeningProvider(QuicConfig config);

    @AfterEach
    void closeNodes() {
        nodes.forEach(TestNode::close);
    }

    @Test
    void aLinkCarriesMessagesOfEveryClassBothWays() {
        var bert = listener(new Plan());
        var link = dialUp(dialler(new Plan()), bert.listen());
        var messages = List.<Message>of(Subscribe.of(List.of("a.b"), 0), request("add"),
                publish("hello"), new RelayData(Bytes.utf8("s"), Bytes.utf8("bulk")));

        messages.forEach(message -> assertThat(link.send(message)).isEqualTo(Sent.QUEUED));
        messages.forEach(message -> assertThat(bert.accepted.getFirst().send(message))
                .isEqualTo(Sent.QUEUED));

        await().atMost(LONG).untilAsserted(() -> {
            assertThat(heard.messages).containsExactlyInAnyOrderElementsOf(messages);
            assertThat(bert.heardByAccepted.getFirst().messages)
                    .containsExactlyInAnyOrderElementsOf(messages);
        });
        assertThat(link.peer()).isEqualTo(bert.key.id());
        assertThat(bert.accepted.getFirst().peer()).isEqualTo(nodes.getLast().key.id());
        assertThat(link.takesDeliveries()).isTrue();
        assertThat(bert.accepted.getFirst().takesDeliveries()).isTrue();
        assertThat(link.takesAsks()).isTrue();
        assertThat(bert.accepted.getFirst().takesAsks()).isTrue();
    }

    @Test
    void aLinkKeepsTheOrderOfManyMessages() {
        var bert = listener(new Plan());
        var link = dialUp(dialler(new Plan()), bert.listen());

        for (var i = 0; i < 5_000; i++) {
            var message = publish("number " + i);
            for (var refusals = 0; link.send(message) == Sent.FULL; refusals++) {
                var before = refusals;
                await().atMost(LONG).until(() -> heard.writable.size() > before);
            }
        }

        var got = bert.heardByAccepted.getFirst().messages;
        await().atMost(LONG).until(() -> got.size() == 5_000);
        for (var i = 0; i < 5_000; i++) {
            assertThat(((Publish) got.get(i)).payload()).isEqualTo(Bytes.utf8("number " + i));
        }
    }

    @Test
    void aLongMessageArrivesWhole() {
        var bert = listener(new Plan());
        var link = dialUp(dialler(new Plan()), bert.listen());
        var payload = Bytes.of(new byte[900_000]);

        assertThat(link.send(new RelayData(Bytes.utf8("s"), payload))).isEqualTo(Sent.QUEUED);

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(bert.heardByAccepted.getFirst().messages)
                        .containsExactly(new RelayData(Bytes.utf8("s"), payload)));
    }

    @Test
    void anIdleLinkStaysUpByItsHeartbeatWhichIsNoUseOfIt() {
        var config = LinkConfig.DEFAULT.withHeartbeat(Duration.ofMillis(200));
        var bert = listener(with(config));
        var link = dialUp(dialler(with(config)), bert.listen());
        var unused = link.lastUsedNanos();
        var unusedThere = bert.accepted.getFirst().lastUsedNanos();

        await().atMost(LONG).until(() -> link.roundTrip().isPositive());
        var first = System.nanoTime();
        await().atMost(LONG)
                .until(() -> link.lastHeardNanos() - first > Duration.ofMillis(1_200).toNanos());

        assertThat(heard.closed).isEmpty();
        assertThat(link.lastUsedNanos()).isEqualTo(unused);
        link.send(publish("in use"));
        assertThat(link.lastUsedNanos() - unused).isPositive();
        await().atMost(LONG)
                .until(() -> bert.accepted.getFirst().lastUsedNanos() - unusedThere > 0);
    }

    @Test
    void theReasonOfACloseReachesThePeer() {
        var bert = listener(new Plan());
        dialUp(dialler(new Plan()), bert.listen());
        var reason = new Disconnected("draining", "The node goes away.");

        bert.accepted.getFirst().close(reason);

        await().atMost(LONG).untilAsserted(() -> assertThat(heard.closed).containsExactly(reason));
        assertThat(bert.heardByAccepted.getFirst().closed).containsExactly(reason);
    }

    @Test
    void aNodeThatShutsDownSaysSo() {
        var bert = listener(new Plan());
        dialUp(dialler(new Plan()), bert.listen());

        bert.close();

        await().atMost(LONG).untilAsserted(() -> assertThat(heard.closed).hasSize(1));
        assertThat(heard.closed).allMatch(Reason.NORMAL::is);
    }

    @Test
    void anotherRealmIsRefusedAndTheListenerServesOthers() {
        var bert = listener(new Plan());
        var port = bert.listen();

        assertThat(refusal(dialler(inRealm(Realm.open("elsewhere"))), TestNode.at(port)))
                .isEqualTo("realm_mismatch");
        assertThat(dialUp(dialler(new Plan()), port).peer()).isEqualTo(bert.key.id());
    }

    @Test
    void anotherSecretIsRefused() {
        var bert = listener(inRealm(closed("the secret of this realm")));

        assertThat(refusal(dialler(inRealm(closed("the secret of another"))),
                TestNode.at(bert.listen()))).isEqualTo("realm_secret_wrong");
    }

    @Test
    void anotherIdThanTheDialledOneIsRefused() {
        var port = listener(new Plan()).listen();
        var address = new PeerAddress(NodeId.hashOf(new byte[]{1}), "127.0.0.1", port);

        assertThat(refusal(dialler(new Plan()), address)).isEqualTo("identity_unexpected");
    }

    @Test
    void aPortInUseIsToldInOneSentence() {
        var port = listener(new Plan()).listen();

        assertThat(listener(new Plan()).listen(port)).isInstanceOfSatisfying(
                Links.Bound.Failed.class, failed -> assertThat(failed.message())
                        .contains(String.valueOf(port), "in use")
                        .endsWith(".")
                        .doesNotContain(".."));
    }

    @Test
    void aDialOfNobodyIsUnreachable() {
        var config = LinkConfig.DEFAULT.withTimeouts(Duration.ofMillis(500),
                Duration.ofMillis(500));

        assertThat(TestNode.join(dialler(with(config)).links.dial(TestNode.at(9), heard)))
                .isInstanceOf(Dialled.Unreachable.class);
    }

    private TestNode dialler(Plan plan) {
        return kept(plan.on(diallingProvider(QuicConfig.defaults())));
    }

    private TestNode listener(Plan plan) {
        return kept(plan.on(listeningProvider(QuicConfig.defaults())));
    }

    private TestNode kept(TestNode node) {
        nodes.add(node);
        return node;
    }

    private Link dialUp(TestNode from, int port) {
        var dialled = TestNode.join(from.links.dial(TestNode.at(port), heard));
        assertThat(dialled).isInstanceOf(Dialled.Up.class);
        return ((Dialled.Up) dialled).link();
    }

    private String refusal(TestNode from, PeerAddress address) {
        var dialled = TestNode.join(from.links.dial(address, heard));
        assertThat(dialled).isInstanceOf(Dialled.Refused.class);
        return ((Dialled.Refused) dialled).reason().code();
    }

    private static Plan with(LinkConfig config) {
        var plan = new Plan();
        plan.config = config;
        return plan;
    }

    private static Plan inRealm(Realm realm) {
        var plan = new Plan();
        plan.realm = realm;
        return plan;
    }

    private static Realm closed(String secret) {
        return Realm.closed("lab", RealmSecret.of(secret.getBytes(StandardCharsets.UTF_8)));
    }

    private static RpcRequest request(String procedure) {
        return RpcRequest.of(Bytes.utf8("id"), procedure, Bytes.utf8("{}"), Bytes.utf8("anna"));
    }

    private static Publish publish(String payload) {
        return Publish.of("t", Bytes.utf8(payload), 0, false, Bytes.utf8("0123456789abcdef"));
    }
}
