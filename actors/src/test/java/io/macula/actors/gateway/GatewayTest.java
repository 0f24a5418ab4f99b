package io.macula.actors.gateway;

import static io.macula.actors.link.fake.Nodes.idOf;
import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.bootstrap.BootstrapServer;
import io.macula.actors.link.Disconnected;
import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.mesh.MeshLinks;
import io.macula.actors.mesh.MeshRig;
import io.macula.actors.mesh.Parcel;
import io.macula.actors.rpc.RpcError;
import io.macula.actors.trace.Tracing;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Call;
import io.macula.actors.wire.FindNode;
import io.macula.actors.wire.FindValue;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.Ping;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.PubsubRoute;
import io.macula.actors.wire.RpcRoute;
import io.macula.actors.wire.Value;
import io.macula.dht.NodeId;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayTest {

    private static final Bytes ID = Bytes.utf8("id");

    private final ClientSessions sessions = new ClientSessions(100, 10);
    private final GatewayCounters counters = new GatewayCounters();
    private final MeshRig rig = new MeshRig();
    private final TestInbox<BootstrapServer.Command> bootstrap = TestInbox.create();
    private final ClientSession anna = peer(1);
    private final ClientSession bert = peer(2);
    private final BehaviorTestKit<Gateway.Command> gateway = start();

    private BehaviorTestKit<Gateway.Command> start() {
        return BehaviorTestKit.create(Gateway.create(MeshRig.SELF, sessions, counters,
                rig.mesh(), Tracing.OFF, bootstrap.getRef()));
    }

    private ClientSession peer(int number) {
        return in(new FakeLink(node(number)));
    }

    private ClientSession in(FakeLink link) {
        return ((ClientSessions.Admitted.In) sessions.admit(link)).session();
    }

    private static PubsubRoute route(Bytes to, int hops, int hopsMax) {
        return new PubsubRoute(to, idOf(node(66)), hops, hopsMax, "a",
                Publish.of("a", Bytes.EMPTY, 0, false, ID));
    }

    private static PubsubRoute route(NodeId to) {
        return route(idOf(to), 0, 5);
    }

    private static RpcRoute call(NodeId to, int hops) {
        return new RpcRoute(idOf(to), idOf(node(66)), hops, 5, "call", Value.Map.EMPTY
                .with("request_id", ID)
                .with("procedure", "add"));
    }

    private void receives(ClientSession from, Message message) {
        from.gatewayInbox().enter(new Ping(0));
        gateway.run(new Gateway.Received(from, message));
    }

    private static FakeLink linkOf(ClientSession session) {
        return (FakeLink) session.link();
    }

    private static List<PubsubRoute> routed(ClientSession to) {
        return linkOf(to).sent(PubsubRoute.class);
    }

    private static Value.Map answer(ClientSession to) {
        var answers = linkOf(to).sent(RpcRoute.class);
        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst().payloadType()).isEqualTo("reply");
        return answers.getFirst().payload();
    }

    /// A node whose id is nearer to `destination` than `than`, or farther.
    private static int numberOf(NodeId destination, NodeId than, boolean isNearer) {
        return IntStream.range(100, 10_000)
                .filter(number -> destination.compareDistance(node(number), than) < 0 == isNearer)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void passesARoutedMessageOnToThePeerItIsForInTheNameOfWhoSentIt() {
        receives(anna, route(idOf(bert.peer()), 0, 5));

        assertThat(routed(bert)).singleElement().satisfies(route -> {
            assertThat(route.hopCount()).isEqualTo(1);
            assertThat(route.sourceNodeId()).isEqualTo(idOf(anna.peer()));
        });
        assertThat(counters.snapshot().routed()).isEqualTo(1);
        assertThat(anna.gatewayInbox().waiting()).isZero();
    }

    @Test
    void believesAnotherNodeThatItRelaysForSomebody() {
        var relay = in(rig.gateway(7));

        receives(relay, route(idOf(bert.peer()), 2, 5));
        receives(relay, call(bert.peer(), 2));

        assertThat(routed(bert)).extracting(PubsubRoute::sourceNodeId)
                .containsExactly(idOf(node(66)));
        assertThat(linkOf(bert).sent(RpcRoute.class)).singleElement().satisfies(route -> {
            assertThat(route.sourceNodeId()).isEqualTo(idOf(node(66)));
            assertThat(route.hopCount()).isEqualTo(3);
        });
    }

    @Test
    void believesNoPeerThatHangsOnItThatItRelaysForSomebody() {
        receives(anna, route(idOf(bert.peer()), 2, 5));
        receives(anna, call(bert.peer(), 1));

        assertThat(routed(bert)).extracting(PubsubRoute::sourceNodeId)
                .containsExactly(idOf(anna.peer()));
        assertThat(linkOf(bert).sent(RpcRoute.class)).extracting(RpcRoute::sourceNodeId)
                .containsExactly(idOf(anna.peer()));
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "10, 200", "7, 3", "0, 0", "-1, 5", "-2147483648, 5",
        "2147483647, 2147483647", "3, -1"})
    void dropsWhatHasTravelledTooFar(int hops, int hopsMax) {
        receives(anna, route(idOf(bert.peer()), hops, hopsMax));

        assertThat(routed(bert)).isEmpty();
        assertThat(counters.snapshot().unroutable()).isEqualTo(1);
    }

    @Test
    void neverRoutesBackToTheSenderNorToWhatIsNoId() {
        receives(anna, route(idOf(anna.peer()), 0, 5));
        receives(anna, route(Bytes.utf8("no id"), 0, 5));
        receives(anna, route(Bytes.EMPTY, 0, 5));

        assertThat(routed(anna)).isEmpty();
        assertThat(rig.dials()).isEmpty();
        assertThat(counters.snapshot().unroutable()).isEqualTo(3);
    }

    @Test
    void passesOnStraightToAnotherNodeThereIsALinkTo() {
        var far = rig.neighbour(9);
        rig.gateway(8);

        receives(anna, route(node(9)));

        assertThat(far.sent(PubsubRoute.class)).hasSize(1);
    }

    @Test
    void dialsANodeWhoseAddressIsKnownAndCountsWhatBecameOfIt() {
        rig.mesh().learn(MeshRig.provider(9));
        receives(anna, route(node(9)));
        receives(anna, call(node(9), 0));

        var parcels = rig.dials()
                .stream()
                .map(MeshLinks.Forward.class::cast)
                .map(MeshLinks.Forward::parcel)
                .toList();
        assertThat(parcels).hasSize(2);
        parcels.getFirst().ended().accept(Parcel.Fate.SENT);
        parcels.getLast().ended().accept(Parcel.Fate.NO_WAY);

        assertThat(counters.snapshot().routed()).isEqualTo(1);
        assertThat(counters.snapshot().unroutable()).isEqualTo(1);
        assertThat(answer(anna).text("error")).contains(RpcError.NO_ROUTE.code());
    }

    @Test
    void passesOnToAGatewayThatIsNearerToTheDestination() {
        var destination = node(9);
        var nearer = rig.gateway(numberOf(destination, MeshRig.SELF, true));

        receives(anna, route(destination));

        assertThat(nearer.sent(PubsubRoute.class)).hasSize(1);
    }

    @Test
    void neverPassesOnToAGatewayThatIsFartherNorBackToTheOneItCameFrom() {
        var destination = node(9);
        var farther = rig.gateway(numberOf(destination, MeshRig.SELF, false));
        receives(anna, call(destination, 0));
        var nearer = rig.gateway(numberOf(destination, MeshRig.SELF, true));
        var relay = in(nearer);

        receives(relay, call(destination, 1));

        assertThat(farther.sent()).isEmpty();
        assertThat(answer(relay).text("error")).contains(RpcError.NO_ROUTE.code());
        assertThat(answer(anna).text("error")).contains(RpcError.NO_ROUTE.code());
    }

    @Test
    void tellsWhoCallsThatNoWayLeadsOnAndWhoAnswersNothing() {
        receives(anna, call(node(9), 0));
        receives(bert, new RpcRoute(idOf(node(9)), idOf(node(66)), 0, 5, "reply",
                Value.Map.EMPTY.with("request_id", ID)));

        assertThat(linkOf(anna).sent(RpcRoute.class)).singleElement().satisfies(route -> {
            assertThat(route.destinationNodeId()).isEqualTo(idOf(anna.peer()));
            assertThat(route.sourceNodeId()).isEqualTo(idOf(MeshRig.SELF));
        });
        assertThat(answer(anna).bytes("request_id")).contains(ID);
        assertThat(answer(anna).text("error")).contains(RpcError.NO_ROUTE.code());
        assertThat(linkOf(bert).sent()).isEmpty();
        assertThat(counters.snapshot().unroutable()).isEqualTo(2);
    }

    @Test
    void looksForAnotherWayWhenThePeersLinkHasClosed() {
        bert.link().close(Disconnected.NORMAL);

        receives(anna, call(bert.peer(), 0));

        assertThat(answer(anna).text("error")).contains(RpcError.NO_ROUTE.code());
    }

    @Test
    void losesAndCountsWhatAFullLinkDoesNotTake() {
        linkOf(bert).setFull(true);

        receives(anna, route(bert.peer()));

        assertThat(counters.snapshot().dropped()).isEqualTo(1);
        assertThat(rig.dials()).isEmpty();
    }

    @Test
    void countsWhatIsTooLongToBePassedOn() {
        linkOf(bert).setPayloadBytesMax(10);

        receives(anna, route(bert.peer()));

        assertThat(counters.snapshot().invalid()).isEqualTo(1);
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
        anna.gatewayInbox().enter(new Ping(0));

        start();

        assertThat(anna.gatewayInbox().waiting()).isZero();
    }
}
