package io.macula.actors.gateway;

import static io.macula.actors.link.fake.Nodes.idOf;
import static io.macula.actors.link.fake.Nodes.node;

import io.macula.actors.dht.RealmKey;
import io.macula.actors.dht.ToldDiscovery;
import io.macula.actors.flow.PeerInbox;
import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.link.fake.TurningClock;
import io.macula.actors.local.Local;
import io.macula.actors.local.LocalProcedures;
import io.macula.actors.local.LocalTables;
import io.macula.actors.mesh.Advertised;
import io.macula.actors.mesh.MeshCalls;
import io.macula.actors.mesh.MeshRig;
import io.macula.actors.rpc.CallLedger;
import io.macula.actors.rpc.Offers;
import io.macula.actors.rpc.Party;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.RpcReply;
import io.macula.actors.wire.RpcRequest;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;

/// A gateway's process for calls, with peers that came in and a mesh behind it.
abstract class GatewayRpcSetting {

    static final Bytes REQUEST = Bytes.utf8("request");
    static final Duration TTL = Duration.ofMinutes(5);
    static final Bytes SELF = idOf(node(0));

    final ClientSessions sessions = new ClientSessions(100, 10);
    final PeerInbox here = new PeerInbox(10);
    final LocalProcedures procedures = new LocalProcedures(10, 10, Runnable::run);
    final CallLedger calls = new CallLedger(10);
    final Local local = new Local(
            LocalTables.subscriptions(1, 1, 1, Runnable::run), procedures, calls);
    final GatewayCounters counters = new GatewayCounters();
    final TurningClock clock = new TurningClock();
    final MeshRig rig = new MeshRig();
    final MeshCalls elsewhere = rig.calls();
    final Advertised advertised = rig.advertised();
    BehaviorTestKit<GatewayRpc.Command> rpc = start();

    BehaviorTestKit<GatewayRpc.Command> start() {
        return BehaviorTestKit.create(GatewayRpc.create(new GatewayRpc.Parts(node(0), sessions,
                here, local, counters, clock, 2, 10, 5, TTL, Duration.ofSeconds(60), elsewhere,
                advertised)));
    }

    ClientSession peer(int number, String... procedures) {
        var session = ((ClientSessions.Admitted.In) sessions
                .admit(new FakeLink(node(number)))).session();
        for (var procedure : procedures) {
            rpc.run(new GatewayRpc.Stored(session, Offers.offer(session.peer(), "", procedure,
                    TTL, Bytes.utf8("offer-" + procedure))));
        }
        return session;
    }

    static RealmKey procedure(String name) {
        return RealmKey.procedure(ToldDiscovery.REALM, name);
    }

    static FakeLink linkOf(ClientSession session) {
        return (FakeLink) session.link();
    }

    void asks(ClientSession from, RpcRequest request) {
        rpc.run(new GatewayRpc.Requested(from, request));
    }

    static RpcRequest request(ClientSession from, String procedure) {
        return RpcRequest.of(REQUEST, procedure, Bytes.utf8("{}"), idOf(from.peer()));
    }

    static List<RpcRequest> requests(ClientSession session) {
        return linkOf(session).sent(RpcRequest.class);
    }

    static List<RpcReply> replies(ClientSession session) {
        return linkOf(session).sent(RpcReply.class);
    }

    void answers(ClientSession provider, ClientSession caller, String result) {
        rpc.run(new GatewayRpc.Replied(provider, RpcReply.result(REQUEST,
                idOf(provider.peer()), Bytes.utf8(result)).withToNode(idOf(caller.peer()))));
    }

    List<Party> providers(String procedure) {
        var inbox = TestInbox.<GatewayRpc.Providers>create();
        rpc.run(new GatewayRpc.WhoOffers(Offers.key(procedure), inbox.getRef()));
        return inbox.receiveMessage().parties();
    }
}
