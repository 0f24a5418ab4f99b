package io.macula.actors.mesh;

import static io.macula.actors.link.fake.Nodes.idOf;
import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.Disconnected;
import io.macula.actors.link.Link;
import io.macula.actors.link.Links;
import io.macula.actors.link.PeerAddress;
import io.macula.actors.link.StreamClass;
import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.link.fake.FakeLinks;
import io.macula.actors.rpc.CallLedger;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.RpcError;
import io.macula.actors.wire.Answer;
import io.macula.actors.wire.Ask;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Deliver;
import io.macula.actors.wire.FindNode;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.PubsubRoute;
import io.macula.actors.wire.RpcReply;
import io.macula.actors.wire.RpcRequest;
import io.macula.actors.wire.RpcRoute;
import io.macula.actors.wire.Value;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeshLayerTest {

    private static final Bytes ID = Bytes.utf8("id");
    private static final Bytes SELF = idOf(MeshRig.SELF);
    private static final Publish MESSAGE = Publish.of("a", Bytes.EMPTY, 0, false, ID);
    private static final CallOutcome EIGHT = new CallOutcome.Ok(Bytes.utf8("8"));

    private final FakeLinks below = new FakeLinks();
    private final MeshRig rig = new MeshRig();
    private final CallLedger calls = rig.ledger();
    private final MeshLayerSides.Arrived arrived = new MeshLayerSides.Arrived();
    private final MeshLayerSides.Owner owner = new MeshLayerSides.Owner();
    private final List<Link> linked = new ArrayList<>();
    private final MeshLayer layer = new MeshLayer(below, rig.mesh(), calls, arrived,
            new Dht(), new SeenRequests(100, Duration.ofSeconds(10), () -> 0L));
    private final FakeLink gateway = dials(7, "10.0.0.7:9443");

    private final class Dht implements MeshLayer.Door {

        @Override
        public boolean received(Link from, Message frame) {
            return frame instanceof FindNode;
        }

        @Override
        public void linked(Link link) {
            linked.add(link);
        }
    }

    private FakeLink dials(int number, String endpoint) {
        var _ = layer.dial(PeerAddress.parse("10.0.0.1:9443").orElseThrow(), owner);
        var dial = below.dials().getLast();
        var link = dial.link(node(number)).listeningAt(endpoint);
        dial.comesThrough(link);
        return link;
    }

    private static RpcRequest request(Bytes to) {
        return RpcRequest.of(ID, "add", Bytes.EMPTY, idOf(node(66))).withTargetNode(to);
    }

    private static RpcRoute call(Bytes to) {
        return new RpcRoute(to, idOf(node(5)), 2, 5, "call", Value.Map.EMPTY
                .with("request_id", ID)
                .with("procedure", "add"));
    }

    private static PubsubRoute route(Bytes to) {
        return new PubsubRoute(to, idOf(node(5)), 1, 5, "a", MESSAGE);
    }

    private List<CallOutcome> openCall(Object via) {
        var ended = new ArrayList<CallOutcome>();
        calls.open(ID, via, Long.MAX_VALUE, ended::add);
        return ended;
    }

    @Test
    void notesWhoItDialsAsANeighbourThatTheDhtHearsOf() {
        assertThat(rig.mesh().neighbours().direct(node(7))).containsSame(gateway);
        assertThat(rig.mesh().addresses().of(node(7))).extracting(PeerAddress::hostPort)
                .containsExactly("10.0.0.7:9443");
        assertThat(linked).containsExactly(gateway);
    }

    @Test
    void notesWhoItLetsInAsANeighbourAndNobodyElse() {
        var _ = layer.listen(new InetSocketAddress(0), link -> link.peer().equals(node(8))
                ? new Links.Acceptor.Admission.Admit(owner)
                : new Links.Acceptor.Admission.Refuse(Disconnected.NORMAL));
        var acceptor = below.listens().getFirst().acceptor();
        var in = new FakeLink(node(8)).listeningAt("10.0.0.8:9443").accepted();
        var out = new FakeLink(node(9)).listeningAt("10.0.0.9:9443").accepted();

        var admission = acceptor.admit(in);
        acceptor.admit(out);

        assertThat(rig.mesh().neighbours().nodes()).containsExactlyInAnyOrder(node(7), node(8));
        in.heardBy(((Links.Acceptor.Admission.Admit) admission).listener());
        in.receives(route(SELF));
        assertThat(arrived.published).hasSize(1);
        in.isLost();
        assertThat(rig.mesh().neighbours().nodes()).containsExactly(node(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "\t:9443", "host:0", "host:99999", "host:port", ":1",
        "a b:1", "\u2003:1"})
    void takesNobodyForANeighbourWhoListensNowhere(String endpoint) {
        var link = dials(8, endpoint);

        assertThat(rig.mesh().neighbours().nodes()).containsExactly(node(7));
        assertThat(rig.mesh().addresses().of(node(8))).isEmpty();
        assertThat(linked).containsExactly(gateway);
        link.receives(route(SELF));
        assertThat(arrived.published).as("what it says is heard all the same").hasSize(1);
    }

    @Test
    void takesWhatIsForThisNodeAndLeavesTheRestToTheOwner() {
        var others = List.of(route(idOf(node(9))), route(Bytes.EMPTY), call(idOf(node(9))),
                request(idOf(node(9))), RpcRequest.of(ID, "add", Bytes.EMPTY, SELF), MESSAGE,
                RpcReply.result(ID, SELF, Bytes.EMPTY));
        others.forEach(gateway::receives);
        assertThat(owner.received).isEqualTo(others);
        owner.received.clear();

        gateway.receives(route(SELF));
        gateway.receives(call(SELF));
        gateway.receives(FindNode.of(ID));
        gateway.receives(Deliver.of(MESSAGE));

        assertThat(owner.received).isEmpty();
        assertThat(arrived.published).containsExactly(MESSAGE, MESSAGE);
        assertThat(arrived.asked).hasSize(1);
        assertThat(rig.mesh().counters().snapshot().arrived()).isEqualTo(3);
    }

    @Test
    void answersInTheNameTheRequestWasAskedInWhichAGatewayNeedsToPassTheAnswerOn() {
        gateway.receives(request(SELF));
        arrived.answers.getFirst().accept(EIGHT);

        assertThat(arrived.asked.getFirst().fromNode()).isEqualTo(idOf(node(66)));
        assertThat(gateway.sent(RpcReply.class)).singleElement().satisfies(reply -> {
            assertThat(reply.result()).isEqualTo(Bytes.utf8("8"));
            assertThat(reply.toNode()).isEqualTo(idOf(node(66)));
            assertThat(reply.fromNode()).isEqualTo(SELF);
        });
    }

    @Test
    void answersAShortCallInAShortFrameInTheNameOfTheLink() {
        gateway.receives(Ask.of(request(SELF).withTimeoutMillis(7).withIdempotent(true)));
        gateway.receives(Ask.of(RpcRequest.of(Bytes.utf8("second"), "add", Bytes.EMPTY, SELF)));
        gateway.setPayloadBytesMax(400);

        arrived.answers.getFirst().accept(EIGHT);
        arrived.answers.getLast().accept(new CallOutcome.Ok(Bytes.of(new byte[1_000])));

        assertThat(arrived.asked.getFirst().fromNode()).isEqualTo(idOf(gateway.peer()));
        assertThat(arrived.asked.getFirst().procedure()).isEqualTo("add");
        assertThat(arrived.asked.getFirst().timeoutMillis()).isEqualTo(7);
        assertThat(arrived.asked.getFirst().idempotent()).isTrue();
        assertThat(arrived.asked.getLast().idempotent()).isFalse();
        assertThat(gateway.sent(Answer.class)).extracting(Answer::requestId)
                .containsExactly(ID, Bytes.utf8("second"));
        assertThat(gateway.sent(Answer.class).getFirst().result()).isEqualTo(Bytes.utf8("8"));
        assertThat(gateway.sent(Answer.class).getLast().error())
                .isEqualTo(RpcError.HANDLER_FAILED.code());
    }

    @Test
    void answersARelayedCallOverTheLinkItCameInOn() {
        gateway.receives(call(SELF));
        arrived.answers.getFirst().accept(EIGHT);

        assertThat(gateway.sent(RpcRoute.class)).singleElement().satisfies(route -> {
            assertThat(route.destinationNodeId()).isEqualTo(idOf(node(5)));
            assertThat(route.sourceNodeId()).isEqualTo(SELF);
            assertThat(RouteFrames.replyOf(route)).hasValueSatisfying(
                    reply -> assertThat(reply.result()).isEqualTo(Bytes.utf8("8")));
        });
    }

    @Test
    void runsARequestOnceThatComesOverTwoWays() {
        gateway.receives(call(SELF));
        gateway.receives(request(SELF));
        dials(5, "10.0.0.5:9443").receives(request(SELF));
        gateway.receives(Ask.of(request(SELF)));

        assertThat(arrived.asked).hasSize(1);
        assertThat(rig.mesh().counters().snapshot().duplicates()).isEqualTo(3);
    }

    @Test
    void saysSoWhenAResultIsTooLongToBeSent() {
        gateway.setPayloadBytesMax(400);
        gateway.receives(request(SELF));
        gateway.receives(new RpcRoute(SELF, idOf(node(5)), 2, 5, "call", Value.Map.EMPTY
                .with("request_id", "second")
                .with("procedure", "add")));

        arrived.answers.forEach(
                answer -> answer.accept(new CallOutcome.Ok(Bytes.of(new byte[1_000]))));

        assertThat(gateway.sent(RpcReply.class)).extracting(RpcReply::error)
                .containsExactly(RpcError.HANDLER_FAILED.code());
        assertThat(RouteFrames.replyOf(gateway.sent(RpcRoute.class).getFirst()))
                .hasValueSatisfying(reply -> assertThat(reply.error())
                        .isEqualTo(RpcError.HANDLER_FAILED.code()));
    }

    @Test
    void survivesAnAnswerToALinkThatIsGone() {
        gateway.receives(request(SELF));
        gateway.isLost();

        arrived.answers.getFirst().accept(EIGHT);

        assertThat(gateway.sent()).isEmpty();
    }

    @Test
    void hasABoundOnTheRequestsOfOneLinkAndServesTheOthers() {
        for (var number = 0; number <= MeshLayer.ASKED_MAX; number++) {
            gateway.receives(RpcRequest.of(Bytes.utf8("id-" + number), "add", Bytes.EMPTY, SELF)
                    .withTargetNode(SELF));
        }
        assertThat(arrived.asked).hasSize(MeshLayer.ASKED_MAX);
        assertThat(gateway.sent(RpcReply.class)).extracting(RpcReply::error)
                .containsExactly(RpcError.BUSY.code());

        dials(8, "10.0.0.8:9443").receives(request(SELF));
        assertThat(arrived.asked).hasSize(MeshLayer.ASKED_MAX + 1);
        arrived.answers.getFirst().accept(EIGHT);
        gateway.receives(RpcRequest.of(Bytes.utf8("more"), "add", Bytes.EMPTY, SELF)
                .withTargetNode(SELF));

        assertThat(arrived.asked).as("room again").hasSize(MeshLayer.ASKED_MAX + 2);
    }

    @Test
    void gainsNoRoomFromDuplicatesNorLosesAny() {
        for (var number = 0; number < 2 * MeshLayer.ASKED_MAX; number++) {
            gateway.receives(request(SELF));
        }
        gateway.receives(RpcRequest.of(Bytes.utf8("more"), "add", Bytes.EMPTY, SELF)
                .withTargetNode(SELF));

        assertThat(arrived.asked).hasSize(2);
    }

    @Test
    void endsACallByTheAnswerOverTheWayItTook() {
        var ended = openCall(gateway);

        gateway.receives(RouteFrames.reply(SELF, idOf(node(5)),
                RpcReply.result(ID, idOf(node(5)), Bytes.utf8("8"))));

        assertThat(ended).containsExactly(EIGHT);
        assertThat(owner.received).isEmpty();
    }

    @Test
    void doesNotBelieveAnAnswerOverAnotherWay() {
        var ended = openCall(gateway);
        var forger = dials(8, "10.0.0.8:9443");

        forger.receives(RouteFrames.reply(SELF, idOf(node(5)),
                RpcReply.result(ID, idOf(node(5)), Bytes.utf8("666"))));
        forger.receives(RpcReply.result(ID, idOf(node(7)), Bytes.utf8("666")));
        forger.receives(shortly("666"));
        assertThat(ended).isEmpty();
        gateway.receives(RpcReply.result(ID, idOf(node(7)), Bytes.utf8("8")));

        assertThat(ended).containsExactly(EIGHT);
        assertThat(owner.received).as("the short one is nobody else's").hasSize(1);
    }

    private static Answer shortly(String result) {
        return Answer.of(RpcReply.result(ID, Bytes.EMPTY, Bytes.utf8(result)));
    }

    @Test
    void endsACallByAShortAnswerOverTheWayItTook() {
        var ended = openCall(gateway);

        gateway.receives(shortly("8"));
        gateway.receives(shortly("9"));

        assertThat(ended).containsExactly(EIGHT);
    }

    @Test
    void endsTheCallsOfALostLinkAndForgetsTheNeighbour() {
        var ended = openCall(gateway);

        gateway.isLost();

        assertThat(ended).singleElement()
                .isInstanceOfSatisfying(CallOutcome.Failed.class,
                        failed -> assertThat(failed.error()).isEqualTo(RpcError.GONE));
        assertThat(rig.mesh().neighbours().isEmpty()).isTrue();
        assertThat(owner.closed).hasSize(1);
    }

    @Test
    void keepsNoNeighbourWhoseLinkEndsBeforeItIsHeardOf() {
        var _ = layer.dial(PeerAddress.parse("10.0.0.1:9443").orElseThrow(), owner);
        var dial = below.dials().getLast();
        var link = dial.link(node(8)).listeningAt("10.0.0.8:9443");

        link.isLost();
        dial.comesThrough(link);

        assertThat(rig.mesh().neighbours().nodes()).containsExactly(node(7));
    }

    @Test
    void countsWhatIsForThisNodeAndCannotBeRead() {
        gateway.receives(new RpcRoute(SELF, idOf(node(5)), 0, 5, "call", Value.Map.EMPTY));
        gateway.receives(new RpcRoute(SELF, idOf(node(5)), 0, 5, "gossip", Value.Map.EMPTY));

        assertThat(rig.mesh().counters().snapshot().stray()).isEqualTo(2);
        assertThat(arrived.asked).isEmpty();
        assertThat(owner.received).isEmpty();
    }

    @Test
    void tellsTheOwnerWhatItWouldHaveHeardWithoutTheMesh() {
        owner.mayProve = false;
        var hearer = below.dials().getFirst().listener();

        var waits = openCall(gateway);
        var moves = new ArrayList<CallOutcome>();
        calls.open(Bytes.utf8("another"), gateway, Long.MAX_VALUE, true, moves::add);
        hearer.suspected(gateway, true);
        assertThat(moves).as("a call that somebody else can be asked too").hasSize(1);
        assertThat(waits).isEmpty();
        hearer.writable(gateway, StreamClass.CALL);

        assertThat(hearer.mayProve()).isFalse();
        assertThat(owner.suspected).containsExactly(true);
        assertThat(owner.writable).containsExactly(StreamClass.CALL);
    }

    @Test
    void notesNobodyWhenADialFails() {
        var result = layer.dial(PeerAddress.parse("10.0.0.1:9443").orElseThrow(), owner);
        below.dials().getLast().fails();

        assertThat(result.toCompletableFuture()).isCompletedWithValueMatching(
                Links.Dialled.Unreachable.class::isInstance);
        assertThat(rig.mesh().neighbours().nodes()).containsExactly(node(7));
    }
}
