package io.macula.actors.gateway;

import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.Disconnected;
import io.macula.actors.link.StreamClass;
import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Call;
import io.macula.actors.wire.FindNode;
import io.macula.actors.wire.Ping;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.Reply;
import io.macula.actors.wire.RpcReply;
import io.macula.actors.wire.RpcRequest;
import io.macula.actors.wire.Store;
import io.macula.actors.wire.Subscribe;
import io.macula.actors.wire.Unsubscribe;
import io.macula.actors.wire.Value;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

class ClientInboundTest {

    private static final Bytes ID = Bytes.utf8("request");

    private final TestInbox<GatewayClients.Command> clients = TestInbox.create();
    private final TestInbox<GatewayPubsub.Command> pubsub = TestInbox.create();
    private final TestInbox<GatewayRpc.Command> rpc = TestInbox.create();
    private final TestInbox<Gateway.Command> gateway = TestInbox.create();
    private final GatewayCounters counters = new GatewayCounters();
    private final FakeLink link = new FakeLink(node(1));
    private final ClientSession session = new ClientSession(link, 1, 2);
    private final ClientInbound inbound = new ClientInbound(session,
            new ClientInbound.Workers(clients.getRef(), pubsub.getRef(), rpc.getRef(),
                    gateway.getRef()),
            counters);

    private static Publish publish() {
        return Publish.of("a", Bytes.EMPTY, 0, false, ID);
    }

    @Test
    void handsEachFrameToTheWorkerItIsFor() {
        inbound.received(link, publish());
        inbound.received(link, Subscribe.of(List.of("a"), 0));
        inbound.received(link, RpcRequest.of(ID, "add", Bytes.EMPTY, ID));
        inbound.received(link, Store.of(ID, Value.Nil.NIL));
        inbound.received(link, FindNode.of(ID));

        assertThat(pubsub.getAllReceived()).hasSize(2);
        assertThat(rpc.getAllReceived()).hasSize(2);
        assertThat(gateway.getAllReceived())
                .containsExactly(new Gateway.Received(session, FindNode.of(ID)));
    }

    @Test
    void tellsAPeerOfWhichTooMuchIsWaitingSoForEachFrameThatAsksForAnAnswer() {
        for (var worker = 0; worker < 2; worker++) {
            session.pubsubInbox().enter(new Ping(0));
            session.rpcInbox().enter(new Ping(0));
            session.gatewayInbox().enter(new Ping(0));
        }

        inbound.received(link, publish());
        inbound.received(link, publish().withRequestId(ID));
        inbound.received(link, Subscribe.of(List.of("a"), 0).withRequestId(ID));
        inbound.received(link, Unsubscribe.of(List.of("a")).withRequestId(ID));
        inbound.received(link, Store.of(ID, Value.Nil.NIL).withRequestId(ID));
        inbound.received(link, Call.of(ID, "_dht.list_gateways"));
        inbound.received(link, RpcRequest.of(ID, "add", Bytes.EMPTY, ID));
        inbound.received(link, RpcReply.result(ID, ID, ID));

        assertThat(link.sent(Reply.class)).hasSize(5)
                .allSatisfy(reply -> assertThat(reply.error()).extracting(Reply.Failure::code)
                        .isEqualTo("busy"));
        assertThat(link.sent(RpcReply.class)).extracting(RpcReply::error)
                .containsExactly("busy");
        assertThat(counters.snapshot().overloads()).isEqualTo(8);
        assertThat(pubsub.hasMessages() || rpc.hasMessages() || gateway.hasMessages()).isFalse();
    }

    @Test
    void servesThePeersOtherFramesWhileOneWorkerIsBehind() {
        session.pubsubInbox().enter(new Ping(0));
        session.pubsubInbox().enter(new Ping(0));

        inbound.received(link, RpcRequest.of(ID, "add", Bytes.EMPTY, ID));

        assertThat(rpc.getAllReceived()).hasSize(1);
    }

    @Test
    void holdsUpWhatFloodsAWorkerAndNothingElseOfThePeer() {
        inbound.received(link, publish());
        inbound.received(link, publish());

        assertThat(link.paused()).containsExactly(StreamClass.PUBLISH);
        inbound.received(link, RpcRequest.of(ID, "add", Bytes.EMPTY, ID));
        assertThat(rpc.getAllReceived()).hasSize(1);

        session.pubsubInbox().leave(publish());
        session.pubsubInbox().leave(publish());
        assertThat(link.paused()).isEmpty();
    }

    @Test
    void marksTheSessionClosedBeforeAnybodyIsTold() {
        var lost = new Disconnected("lost", "in a test");

        inbound.closed(link, lost);

        assertThat(session.isClosed()).isTrue();
        assertThat(clients.getAllReceived())
                .containsExactly(new GatewayClients.LinkClosed(session, lost));
    }
}
