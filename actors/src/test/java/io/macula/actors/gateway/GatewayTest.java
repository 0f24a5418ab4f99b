package io.macula.actors.gateway;

import static io.macula.actors.link.fake.Nodes.idOf;
import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.bootstrap.BootstrapServer;
import io.macula.actors.link.Disconnected;
import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.local.Delivery;
import io.macula.actors.local.LocalSubscriptions;
import io.macula.actors.local.LocalTables;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Call;
import io.macula.actors.wire.FindNode;
import io.macula.actors.wire.FindValue;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.PubsubRoute;
import io.macula.actors.wire.TopicPattern;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayTest {

    private static final Bytes ID = Bytes.utf8("id");

    private final ClientSessions sessions = new ClientSessions(100, 10);
    private final GatewayCounters counters = new GatewayCounters();
    private final LocalSubscriptions local = LocalTables.subscriptions(10, 100, 1_000,
            Runnable::run);
    private final List<Delivery> heardHere = new ArrayList<>();
    private final TestInbox<GatewayMesh.Command> mesh = TestInbox.create();
    private final TestInbox<BootstrapServer.Command> bootstrap = TestInbox.create();
    private final ClientSession anna = peer(1);
    private final ClientSession bert = peer(2);
    private final BehaviorTestKit<Gateway.Command> gateway = start();

    private BehaviorTestKit<Gateway.Command> start() {
        return BehaviorTestKit.create(Gateway.create(node(0), sessions, counters,
                new LocalDelivery(local, counters), mesh.getRef(), bootstrap.getRef()));
    }

    private ClientSession peer(int number) {
        return ((ClientSessions.Admitted.In) sessions.admit(new FakeLink(node(number))))
                .session();
    }

    private static PubsubRoute route(Bytes to, String topic, int hops, int hopsMax) {
        return new PubsubRoute(to, idOf(node(66)), hops, hopsMax, topic,
                Publish.of(topic, Bytes.EMPTY, 0, false, ID));
    }

    private void receives(ClientSession from, Message message) {
        from.gatewayInbox().enter();
        gateway.run(new Gateway.Received(from, message));
    }

    private static List<PubsubRoute> routed(ClientSession to) {
        return ((FakeLink) to.link()).sent(PubsubRoute.class);
    }

    @Test
    void passesARoutedMessageOnToThePeerItIsForInTheNameOfWhoSentIt() {
        receives(anna, route(idOf(bert.peer()), "a", 2, 5));

        assertThat(routed(bert)).singleElement().satisfies(route -> {
            assertThat(route.hopCount()).isEqualTo(3);
            assertThat(route.sourceNodeId()).isEqualTo(idOf(anna.peer()));
        });
        assertThat(counters.snapshot().routed()).isEqualTo(1);
        assertThat(anna.gatewayInbox().waiting()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "10, 200", "7, 3", "0, 0"})
    void dropsWhatHasTravelledTooFar(int hops, int hopsMax) {
        receives(anna, route(idOf(bert.peer()), "a", hops, hopsMax));

        assertThat(routed(bert)).isEmpty();
        assertThat(counters.snapshot().unroutable()).isEqualTo(1);
    }

    @Test
    void neverRoutesBackToTheSenderNorToWhatIsNoId() {
        receives(anna, route(idOf(anna.peer()), "a", 0, 5));
        receives(anna, route(Bytes.utf8("no id"), "a", 0, 5));
        receives(anna, route(Bytes.EMPTY, "a", 0, 5));

        assertThat(routed(anna)).isEmpty();
        assertThat(mesh.hasMessages()).isFalse();
        assertThat(counters.snapshot().unroutable()).isEqualTo(3);
    }

    @Test
    void deliversWhatIsForThisNodeToItsOwnSubscriptionsAndToNobodyElse() {
        local.add(TopicPattern.of("**").orElseThrow(), heardHere::add);

        receives(anna, route(idOf(node(0)), "a", 0, 5));

        assertThat(heardHere).hasSize(1);
        assertThat(((FakeLink) bert.link()).sent()).isEmpty();
        assertThat(mesh.hasMessages()).isFalse();
    }

    @Test
    void countsARoutedMessageForThisNodeWhoseTopicIsNone() {
        local.add(TopicPattern.of("**").orElseThrow(), heardHere::add);

        receives(anna, route(idOf(node(0)), "a..b", 0, 5));

        assertThat(heardHere).isEmpty();
        assertThat(counters.snapshot().invalid()).isEqualTo(1);
    }

    @Test
    void handsWhatIsForANodeThatIsNotInToTheMesh() {
        receives(anna, route(idOf(node(9)), "a", 0, 5));
        bert.link().close(Disconnected.NORMAL);
        receives(anna, route(idOf(bert.peer()), "a", 0, 5));

        assertThat(mesh.getAllReceived()).hasSize(2)
                .allSatisfy(command -> assertThat(command)
                        .isInstanceOf(GatewayMesh.Forward.class));
    }

    @Test
    void losesAndCountsWhatAFullLinkDoesNotTake() {
        ((FakeLink) bert.link()).setFull(true);

        receives(anna, route(idOf(bert.peer()), "a", 0, 5));

        assertThat(counters.snapshot().dropped()).isEqualTo(1);
        assertThat(mesh.hasMessages()).isFalse();
    }

    @Test
    void asksTheBootstrapServerWhatNewcomersAsk() {
        receives(anna, FindNode.of(ID));
        receives(anna, FindValue.of(ID));
        receives(anna, Call.of(ID, "_dht.list_gateways"));

        assertThat(bootstrap.getAllReceived()).containsExactly(
                new BootstrapServer.NodeAsked(anna.link(), FindNode.of(ID)),
                new BootstrapServer.ValueAsked(anna.link(), FindValue.of(ID)),
                new BootstrapServer.Called(anna.link(), Call.of(ID, "_dht.list_gateways")));
    }

    @Test
    void hasRoomAgainAfterARestartForWhatWaitedInItsLostMailbox() {
        anna.gatewayInbox().enter();

        start();

        assertThat(anna.gatewayInbox().waiting()).isZero();
    }
}
