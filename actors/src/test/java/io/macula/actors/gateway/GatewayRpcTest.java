package io.macula.actors.gateway;

import static io.macula.actors.link.fake.Nodes.idOf;
import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.dht.RealmKey;
import io.macula.actors.dht.ToldDiscovery;
import io.macula.actors.flow.Inbox;
import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.link.fake.TurningClock;
import io.macula.actors.local.Local;
import io.macula.actors.local.LocalProcedures;
import io.macula.actors.local.LocalTables;
import io.macula.actors.mesh.Advertised;
import io.macula.actors.mesh.MeshCalls;
import io.macula.actors.mesh.MeshRig;
import io.macula.actors.rpc.CallLedger;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.Offers;
import io.macula.actors.rpc.Party;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Reply;
import io.macula.actors.wire.RpcReply;
import io.macula.actors.wire.RpcRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

class GatewayRpcTest {

    private static final Bytes REQUEST = Bytes.utf8("request");
    private static final Duration TTL = Duration.ofMinutes(5);
    private static final Bytes SELF = idOf(node(0));

    private final ClientSessions sessions = new ClientSessions(100, 10);
    private final Inbox here = new Inbox(10);
    private final LocalProcedures procedures = new LocalProcedures(10, 10, Runnable::run);
    private final CallLedger calls = new CallLedger(10);
    private final Local local = new Local(
            LocalTables.subscriptions(1, 1, 1, Runnable::run), procedures, calls);
    private final GatewayCounters counters = new GatewayCounters();
    private final TurningClock clock = new TurningClock();
    private final MeshRig rig = new MeshRig();
    private final MeshCalls elsewhere = rig.calls();
    private final Advertised advertised = rig.advertised();
    private BehaviorTestKit<GatewayRpc.Command> rpc = start();

    private BehaviorTestKit<GatewayRpc.Command> start() {
        return BehaviorTestKit.create(GatewayRpc.create(new GatewayRpc.Parts(node(0), sessions,
                here, local, counters, clock, 2, 10, 5, TTL, Duration.ofSeconds(60), elsewhere,
                advertised)));
    }

    private ClientSession peer(int number, String... procedures) {
        var session = ((ClientSessions.Admitted.In) sessions
                .admit(new FakeLink(node(number)))).session();
        for (var procedure : procedures) {
            rpc.run(new GatewayRpc.Stored(session, Offers.offer(session.peer(), "", procedure,
                    TTL, Bytes.utf8("offer-" + procedure))));
        }
        return session;
    }

    private static RealmKey procedure(String name) {
        return RealmKey.procedure(ToldDiscovery.REALM, name);
    }

    private static FakeLink linkOf(ClientSession session) {
        return (FakeLink) session.link();
    }

    private void asks(ClientSession from, RpcRequest request) {
        rpc.run(new GatewayRpc.Requested(from, request));
    }

    private static RpcRequest request(ClientSession from, String procedure) {
        return RpcRequest.of(REQUEST, procedure, Bytes.utf8("{}"), idOf(from.peer()));
    }

    private static List<RpcRequest> requests(ClientSession session) {
        return linkOf(session).sent(RpcRequest.class);
    }

    private static List<RpcReply> replies(ClientSession session) {
        return linkOf(session).sent(RpcReply.class);
    }

    private void answers(ClientSession provider, ClientSession caller, String result) {
        rpc.run(new GatewayRpc.Replied(provider, RpcReply.result(REQUEST,
                idOf(provider.peer()), Bytes.utf8(result)).withToNode(idOf(caller.peer()))));
    }

    private List<Party> providers(String procedure) {
        var inbox = TestInbox.<GatewayRpc.Providers>create();
        rpc.run(new GatewayRpc.WhoOffers(Offers.key(procedure), inbox.getRef()));
        return inbox.receiveMessage().parties();
    }

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
    void takesBackAfterARestartWhatAPeerOfferedThatLeftMeanwhile() {
        var left = peer(1, "add");
        peer(2, "sub");
        left.close();
        sessions.remove(left);

        rpc = start();

        assertThat(rig.dht().discovery().provided()).containsExactly(procedure("sub"));
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
    void tellsTheDhtWhatThoseWhoAreInOfferUntilTheyLeave() {
        var anna = peer(1, "add");
        var bert = peer(2, "add");
        assertThat(rig.dht().discovery().provided()).containsExactly(procedure("add"));

        rpc.run(new GatewayRpc.Left(anna));
        assertThat(rig.dht().discovery().provided()).containsExactly(procedure("add"));
        rpc.run(new GatewayRpc.Left(bert));

        assertThat(rig.dht().discovery().provided()).isEmpty();
    }

    @Test
    void letsAPeerOfferUnderItsOwnIdOnly() {
        var forger = peer(1);
        rpc.run(new GatewayRpc.Stored(forger,
                Offers.offer(node(2), "", "add", TTL, REQUEST)));

        assertThat(providers("add")).isEmpty();
        assertThat(linkOf(forger).sent(Reply.class)).singleElement()
                .extracting(Reply::error)
                .extracting("code")
                .isEqualTo("identity_invalid");
    }

    @Test
    void knowsAfterARestartWhatThePeersAndItsOwnNodeOffer() {
        var provider = peer(1, "add");
        procedures.offer("here", CallOutcome.Ok::new);
        rpc.run(new GatewayRpc.OfferedHere("here"));
        clock.turn(Duration.ofSeconds(100));

        rpc = start();

        assertThat(providers("add")).containsExactly(provider.party());
        assertThat(providers("here")).containsExactly(Party.Self.SELF);
        clock.turn(Duration.ofSeconds(200));
        assertThat(providers("add")).isEmpty();
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
    void believesTheTableWhenAnOfferAndItsWithdrawalComeInTheWrongOrder() {
        procedures.offer("echo", CallOutcome.Ok::new);

        rpc.run(new GatewayRpc.OfferedHere("echo"));
        rpc.run(new GatewayRpc.WithdrawnHere("echo"));
        assertThat(providers("echo")).containsExactly(Party.Self.SELF);
        procedures.withdraw("echo");
        rpc.run(new GatewayRpc.WithdrawnHere("echo"));

        assertThat(providers("echo")).isEmpty();
    }

    @Test
    void endsACallOfItsOwnNodeInTheLedger() {
        var provider = peer(1, "add");
        var ended = new ArrayList<CallOutcome>();
        calls.open(REQUEST, this, Long.MAX_VALUE, ended::add);
        here.enter();

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
    void takesNothingMoreFromAPeerThatHasLeft() {
        var left = peer(1);
        left.close();

        rpc.run(new GatewayRpc.Stored(left, Offers.offer(node(1), "", "add", TTL, REQUEST)));
        asks(left, request(left, "add"));

        assertThat(providers("add")).isEmpty();
        assertThat(linkOf(left).sent()).isEmpty();
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
        anna.rpcInbox().enter();
        anna.pubsubInbox().enter();
        here.enter();

        rpc = start();

        assertThat(anna.rpcInbox().waiting()).isZero();
        assertThat(anna.pubsubInbox().waiting()).isEqualTo(1);
        assertThat(here.waiting()).isZero();
    }
}
