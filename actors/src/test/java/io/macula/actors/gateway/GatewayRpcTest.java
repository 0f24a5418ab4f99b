package io.macula.actors.gateway;

import static io.macula.actors.link.fake.Nodes.idOf;
import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.mesh.MeshRig;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.Offers;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Ping;
import io.macula.actors.wire.RpcReply;
import io.macula.actors.wire.RpcRequest;
import java.time.Duration;
import java.util.ArrayList;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.junit.jupiter.api.Test;

/// Calls that peers and the gateway itself make.
class GatewayRpcTest extends GatewayRpcSetting {

    @Test
    void carriesACallToItsProviderAndTheAnswerBack() {
        var provider = peer(1, "add");
        var caller = peer(2);

        asks(caller, request(caller, "add"));
        answers(provider, caller, "8");

        assertThat(requests(provider)).singleElement().satisfies(request -> {
            assertThat(request.fromNode()).isEqualTo(idOf(caller.peer()));
            assertThat(request.targetNode()).isEqualTo(idOf(provider.peer()));
        });
        assertThat(replies(caller)).singleElement().satisfies(reply -> {
            assertThat(reply.result()).isEqualTo(Bytes.utf8("8"));
            assertThat(reply.fromNode()).isEqualTo(idOf(provider.peer()));
        });
    }

    @Test
    void putsTheProvedIdInPlaceOfAForgedSender() {
        var provider = peer(1, "add");
        var caller = peer(2);

        asks(caller, request(caller, "add").withFromNode(idOf(node(77))));

        assertThat(requests(provider)).singleElement()
                .extracting(RpcRequest::fromNode)
                .isEqualTo(idOf(caller.peer()));
    }

    @Test
    void ignoresAnAnswerOfSomebodyWhoWasNotAsked() {
        peer(1, "add");
        var caller = peer(2);
        var forger = peer(3);

        asks(caller, request(caller, "add"));
        answers(forger, caller, "666");
        rpc.run(new GatewayRpc.Replied(forger, RpcReply.result(REQUEST, Bytes.EMPTY,
                Bytes.EMPTY)));

        assertThat(replies(caller)).isEmpty();
    }

    @Test
    void saysWhenNobodyOffersAProcedureAndWhenItsNameIsNone() {
        var caller = peer(1);

        asks(caller, request(caller, "not..valid"));
        asks(caller, request(caller, "nobody.offers"));
        rig.dht().finds(procedure("nobody.offers"));
        rpc.runOne();

        assertThat(replies(caller)).extracting(RpcReply::error)
                .containsExactly("invalid_request", "procedure_not_found");
        assertThat(counters.snapshot().invalid()).isEqualTo(1);
    }

    @Test
    void asksAnotherNodeForWhatNobodyInHereOffersAndPassesItsAnswerOn() {
        var far = rig.neighbour(9);
        rig.dht().knows(procedure("add"), MeshRig.provider(9));
        var caller = peer(1);

        asks(caller, request(caller, "add"));
        var asked = far.sent(RpcRequest.class).getFirst();
        assertThat(asked.requestId()).as("an id of our own").isNotEqualTo(REQUEST);
        assertThat(asked.fromNode()).isEqualTo(SELF);
        rig.ledger().settleVia(asked.requestId(), far, new CallOutcome.Ok(Bytes.utf8("8")));
        rpc.runOne();

        assertThat(replies(caller)).singleElement().satisfies(reply -> {
            assertThat(reply.requestId()).isEqualTo(REQUEST);
            assertThat(reply.result()).isEqualTo(Bytes.utf8("8"));
        });
    }

    @Test
    void hasABoundOnTheCallsElsewhereOfOnePeerAndServesTheOthers() {
        var far = rig.neighbour(9);
        rig.dht().knows(procedure("add"), MeshRig.provider(9));
        var greedy = peer(1);
        for (var number = 0; number < 7; number++) {
            asks(greedy, RpcRequest.of(Bytes.utf8("call-" + number), "add", Bytes.EMPTY, SELF));
        }
        assertThat(replies(greedy)).extracting(RpcReply::error).containsExactly("busy", "busy");

        var modest = peer(2);
        asks(modest, request(modest, "add"));
        assertThat(far.sent(RpcRequest.class)).hasSize(6);
        var first = far.sent(RpcRequest.class).getFirst().requestId();
        rig.ledger().settleVia(first, far, new CallOutcome.Ok(Bytes.EMPTY));
        rpc.runOne();
        asks(greedy, RpcRequest.of(Bytes.utf8("more"), "add", Bytes.EMPTY, SELF));

        assertThat(far.sent(RpcRequest.class)).as("room again").hasSize(7);
    }

    @Test
    void asksNoOtherNodeInTheNameOfANodeThatListensBecauseItDoesSoItself() {
        rig.dht().knows(procedure("add"), MeshRig.provider(9));
        var far = rig.neighbour(9);
        var caller = ((ClientSessions.Admitted.In) sessions.admit(rig.neighbour(8))).session();

        asks(caller, request(caller, "add"));

        assertThat(far.sent()).isEmpty();
        assertThat(replies(caller)).extracting(RpcReply::error)
                .containsExactly("procedure_not_found");
    }

    @Test
    void runsProceduresOfItsOwnNode() {
        procedures.offer("echo", CallOutcome.Ok::new);
        rpc.run(new GatewayRpc.OfferedHere("echo"));
        var caller = peer(1);

        asks(caller, request(caller, "echo"));
        rpc.runOne();

        assertThat(replies(caller)).singleElement().satisfies(reply -> {
            assertThat(reply.result()).isEqualTo(Bytes.utf8("{}"));
            assertThat(reply.fromNode()).isEqualTo(SELF);
        });
    }

    @Test
    void endsACallOfItsOwnNodeInTheLedger() {
        var provider = peer(1, "add");
        var ended = new ArrayList<CallOutcome>();
        calls.open(REQUEST, this, Long.MAX_VALUE, ended::add);
        here.enter(new Ping(0));

        rpc.run(new GatewayRpc.RequestedHere(here, RpcRequest.of(REQUEST, "add", Bytes.EMPTY,
                SELF)));
        rpc.run(new GatewayRpc.Replied(provider, RpcReply.result(REQUEST, Bytes.EMPTY,
                Bytes.utf8("8")).withToNode(SELF)));

        assertThat(ended).containsExactly(new CallOutcome.Ok(Bytes.utf8("8")));
        assertThat(here.waiting()).isZero();
    }

    @Test
    void endsCallsOfAProviderThatLeftAsGone() {
        var provider = peer(1, "add");
        var caller = peer(2);
        asks(caller, request(caller, "add"));

        provider.close();
        sessions.remove(provider);
        rpc.run(new GatewayRpc.Left(provider));

        assertThat(replies(caller)).extracting(RpcReply::error).containsExactly("gone");
        assertThat(providers("add")).isEmpty();
    }

    @Test
    void keepsTheCallsOfAPeerThatCameInAgainWhenItsOldLinkIsNoticedToBeLost() {
        var provider = peer(1, "add");
        var older = peer(2);
        var newer = peer(2, "sub");
        older.close();

        asks(newer, request(newer, "add"));
        rpc.run(new GatewayRpc.Left(older));
        answers(provider, newer, "8");

        assertThat(replies(newer)).hasSize(1);
        assertThat(providers("sub")).containsExactly(newer.party());
    }

    @Test
    void asksTheNextProviderWhenALinkIsFullAndSaysBusyAtLast() {
        var full = peer(1, "add");
        var provider = peer(2, "add");
        var caller = peer(3);
        linkOf(full).setFull(true);

        asks(caller, request(caller, "add"));
        assertThat(requests(provider)).hasSize(1);
        linkOf(provider).setFull(true);
        asks(caller, RpcRequest.of(Bytes.utf8("second"), "add", Bytes.EMPTY, SELF));

        assertThat(replies(caller)).extracting(RpcReply::error).containsExactly("busy");
    }

    @Test
    void survivesThousandsOfProvidersThatDoNotRead() {
        var crowd = new ClientSessions(6_000, 10);
        var parts = new GatewayRpc.Parts(node(0), crowd, here, local, counters, clock, 2, 10, 5,
                TTL, Duration.ofSeconds(60), elsewhere, advertised);
        var crowded = BehaviorTestKit.create(GatewayRpc.create(parts));
        for (var number = 1; number <= 5_000; number++) {
            var link = new FakeLink(node(number));
            var session = ((ClientSessions.Admitted.In) crowd.admit(link)).session();
            crowded.run(new GatewayRpc.Stored(session,
                    Offers.offer(session.peer(), "", "add", TTL, REQUEST)));
            link.setFull(true);
        }
        var caller = ((ClientSessions.Admitted.In) crowd
                .admit(new FakeLink(node(5_001)))).session();

        crowded.run(new GatewayRpc.Requested(caller, request(caller, "add")));

        assertThat(replies(caller)).extracting(RpcReply::error).containsExactly("busy");
    }

    @Test
    void refusesWhatIsTooLongToBePassedOnAndGoesOn() {
        var provider = peer(1, "add");
        var caller = peer(2);
        linkOf(provider).setPayloadBytesMax(400);
        linkOf(caller).setPayloadBytesMax(400);
        var tooLong = Bytes.of(new byte[500]);

        asks(caller, RpcRequest.of(Bytes.utf8("long"), "add", tooLong, SELF));
        asks(caller, request(caller, "add"));
        rpc.run(new GatewayRpc.Replied(provider, RpcReply.result(REQUEST, Bytes.EMPTY, tooLong)
                .withToNode(idOf(caller.peer()))));

        assertThat(replies(caller)).extracting(RpcReply::error)
                .containsExactly("invalid_request", "handler_error");
    }

    @Test
    void hasRoomAgainAfterARestartForWhatWaitedInItsLostMailbox() {
        var anna = peer(1);
        anna.rpcInbox().enter(new Ping(0));
        anna.pubsubInbox().enter(new Ping(0));
        here.enter(new Ping(0));

        rpc = start();

        assertThat(anna.rpcInbox().waiting()).isZero();
        assertThat(anna.pubsubInbox().waiting()).isEqualTo(1);
        assertThat(here.waiting()).isZero();
    }
}
