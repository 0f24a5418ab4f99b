package io.macula.actors.gateway;

import io.macula.actors.bootstrap.BootstrapRegistry;
import io.macula.actors.bootstrap.BootstrapServer;
import io.macula.actors.bootstrap.BootstrapSystem;
import io.macula.actors.flow.ListeningPort;
import io.macula.actors.flow.PeerInbox;
import io.macula.actors.health.HealthReport;
import io.macula.actors.health.NodeHealth;
import io.macula.actors.health.NodeStatus;
import io.macula.actors.link.Link;
import io.macula.actors.link.Links;
import io.macula.actors.local.Local;
import io.macula.actors.mesh.Advertised;
import io.macula.actors.mesh.Mesh;
import io.macula.actors.mesh.MeshCalls;
import io.macula.actors.mesh.MeshLinks;
import io.macula.actors.mesh.Outreach;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.RpcRequest;
import io.macula.actors.wire.TopicPattern;
import io.macula.dht.NodeId;
import io.macula.supervision.Child;
import io.macula.supervision.Key;
import io.macula.supervision.Refs;
import io.macula.supervision.Spec;
import io.macula.supervision.Starting;
import io.macula.supervision.Supervisor;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// The tree `gateway_system`: health, diagnostics, the listening port, the front desk, and below
/// them the four workers. rest_for_one: what comes later needs what comes before; the workers are
/// one_for_one, because each finds its own state again in [ClientSessions].
public final class GatewaySystem {

    public static final String ID = "gateway_system";
    public static final String WORKERS = "gateway_workers";
    public static final Key<NodeHealth.Command> HEALTH = Key.of("gateway_health");
    public static final Key<GatewayDiagnostics.Command> DIAGNOSTICS = Key.of("gateway_diagnostics");
    public static final Key<GatewayQuicServer.Command> QUIC_SERVER = Key.of("gateway_quic_server");
    public static final Key<Gateway.Command> GATEWAY = Key.of("gateway");
    public static final Key<GatewayClients.Command> CLIENTS = Key.of("gateway_clients");
    public static final Key<GatewayPubsub.Command> PUBSUB = Key.of("gateway_pubsub");
    public static final Key<GatewayRpc.Command> RPC = Key.of("gateway_rpc");
    public static final Key<MeshLinks.Command> MESH = Key.of("gateway_mesh");

    private static final Duration PERIOD = Duration.ofSeconds(60);
    private static final int INTENSITY = 10;

    /// The bounds of a gateway.
    ///
    /// @param clientsMax peers that are in at once
    /// @param inboxMax messages of one peer that wait for one worker, of 8 MiB in all
    /// @param patternsMax topic patterns of one peer
    /// @param proceduresMax procedures one peer offers
    /// @param callsMax calls under way at once
    /// @param offerTtlMax the longest an offer is believed without being renewed
    /// @param offerSweep how often offers that were not renewed are forgotten
    public record Limits(int clientsMax, int inboxMax, int patternsMax, int proceduresMax,
            int callsMax, Duration offerTtlMax, Duration offerSweep) {

        /// One peer may use a tenth of the calls that may be under way.
        int callsPerPeerMax() {
            return Math.max(1, callsMax / 10);
        }
    }

    /// What the tree is made of.
    ///
    /// @param quic where peers come in
    /// @param http where health is served
    /// @param info the node described as JSON, for the diagnostics
    /// @param port the port between incarnations of the process that holds it
    /// @param nodes what leads to other nodes
    public record Parts(NodeId self, Links links, Local local, Nodes nodes, NodeStatus status,
            Limits limits, InetSocketAddress quic, InetSocketAddress http,
            ListeningPort port, NodeHealth.Port httpPort, Supplier<HealthReport> report,
            Supplier<String> info,
            Clock clock) {}

    /// What leads from this gateway to other nodes.
    ///
    /// @param dialler what `gateway_mesh` is made of
    public record Nodes(Mesh mesh, MeshLinks.Parts dialler, Outreach outreach, MeshCalls calls,
            Advertised advertised) {}

    private final Parts parts;
    private final ClientSessions sessions;
    private final PeerInbox herePubsub;
    private final PeerInbox hereRpc;
    private final PeerInbox arrivals;
    private final GatewayCounters counters = new GatewayCounters();

    /// One per node; the tables it holds outlive the processes.
    public GatewaySystem(Parts parts) {
        this.parts = parts;
        this.sessions = new ClientSessions(parts.limits().clientsMax(),
                parts.limits().inboxMax());
        this.herePubsub = new PeerInbox(parts.limits().inboxMax());
        this.hereRpc = new PeerInbox(parts.limits().inboxMax());
        this.arrivals = new PeerInbox(parts.limits().inboxMax());
        parts.status().expect(GatewayQuicServer.CHECK);
    }

    /// Publishes for this node's own code. False when too much of it is waiting already.
    ///
    /// @param taken told how many subscribers it was handed to
    public boolean publish(Refs refs, Publish publish, IntConsumer taken) {
        var room = herePubsub.enter(publish);
        if (room) {
            refs.root()
                    .at(ID, WORKERS)
                    .get(PUBSUB)
                    .tell(new GatewayPubsub.PublishedHere(herePubsub, publish, taken));
        }
        return room;
    }

    /// Takes what another node published to this one. Nodes are held up while much of it is waiting; what
    /// finds no room all the same is lost, and counted.
    public void arrived(Refs refs, Link from, Publish publish) {
        if (arrivals.enter(from, publish)) {
            refs.root()
                    .at(ID, WORKERS)
                    .get(PUBSUB)
                    .tell(new GatewayPubsub.Arrived(arrivals, publish));
        } else {
            counters.overloads.increment();
        }
    }

    /// Calls for this node's own code; the answer goes to the node's call ledger. False when too
    /// much of it is waiting already.
    public boolean call(Refs refs, RpcRequest request) {
        var room = hereRpc.enter(request);
        if (room) {
            directory(refs).tell(new GatewayRpc.RequestedHere(hereRpc, request));
        }
        return room;
    }

    public GatewayCounters.Snapshot counters() {
        return counters.snapshot();
    }

    /// The links of the peers that are in and listen nowhere themselves.
    public List<Link> behind() {
        return behindSessions().map(ClientSession::link).toList();
    }

    /// What the peers that listen nowhere themselves subscribe to.
    public List<TopicPattern> patternsBehind() {
        return behindSessions().flatMap(session -> session.patterns().stream()).distinct().toList();
    }

    /// What they offer.
    public List<String> offersBehind() {
        return behindSessions().flatMap(session -> session.offers().keySet().stream())
                .distinct()
                .toList();
    }

    private Stream<ClientSession> behindSessions() {
        return sessions.all().stream().filter(session -> !session.isNode());
    }

    /// Peers that are in.
    public int clients() {
        return sessions.count();
    }

    /// Peers turned away because there were too many.
    public long clientsRefused() {
        return sessions.refused();
    }

    /// Messages of this node's code and of other nodes that wait for the workers.
    public int waiting() {
        return herePubsub.waiting() + hereRpc.waiting() + arrivals.waiting();
    }

    /// The address peers come in by, once it is bound.
    public @Nullable InetSocketAddress address() {
        return parts.port().address();
    }

    public Spec spec() {
        return Supervisor.restForOne()
                .intensity(INTENSITY, PERIOD)
                .child(HEALTH, _ -> NodeHealth.create(parts.http(), parts.httpPort(),
                        parts.report()))
                .child(DIAGNOSTICS, refs -> GatewayDiagnostics.create(
                        parts.local().procedures(), parts.info(), refs.at(WORKERS).get(RPC)))
                .child(Child.of(QUIC_SERVER, (Starting starting) -> GatewayQuicServer.create(
                        server(starting), starting::ready)).withSignalsReady())
                .child(GATEWAY, refs -> Gateway.create(parts.self(), sessions, counters,
                        parts.nodes().mesh(), parts.local().tracing(), bootstrap(refs)))
                .supervisor(WORKERS, workers());
    }

    private Spec workers() {
        var limits = parts.limits();
        return Supervisor.oneForOne()
                .intensity(INTENSITY, PERIOD)
                .child(CLIENTS, refs -> GatewayClients.create(sessions, refs.get(PUBSUB),
                        refs.get(RPC), registry(refs)))
                .child(PUBSUB, _ -> GatewayPubsub.create(new GatewayPubsub.Parts(sessions,
                        List.of(herePubsub, arrivals), parts.local().subscriptions(), counters,
                        limits.patternsMax(), parts.nodes().outreach(),
                        parts.nodes().advertised(), parts.local().tracing())))
                .child(RPC, _ -> GatewayRpc.create(new GatewayRpc.Parts(parts.self(), sessions,
                        hereRpc, parts.local(), counters, parts.clock(), limits.proceduresMax(),
                        limits.callsMax(), limits.callsPerPeerMax(), limits.offerTtlMax(),
                        limits.offerSweep(), parts.nodes().calls(),
                        parts.nodes().advertised())))
                .child(MESH, refs -> {
                    parts.nodes().mesh().dialsBy(refs.get(MESH));
                    return MeshLinks.create(parts.nodes().dialler());
                });
    }

    private GatewayQuicServer.Parts server(Refs refs) {
        var workers = new ClientInbound.Workers(refs.at(WORKERS).get(CLIENTS),
                refs.at(WORKERS).get(PUBSUB), refs.at(WORKERS).get(RPC), refs.get(GATEWAY));
        return new GatewayQuicServer.Parts(parts.links(), parts.quic(), sessions, counters,
                parts.status(), parts.port(), workers);
    }

    private static ActorRef<BootstrapServer.Command> bootstrap(Refs refs) {
        return refs.root().at(BootstrapSystem.ID).get(BootstrapSystem.SERVER);
    }

    private static ActorRef<BootstrapRegistry.Command> registry(Refs refs) {
        return refs.root().at(BootstrapSystem.ID).get(BootstrapSystem.REGISTRY);
    }

    /// Where the directory is, seen from anywhere in the tree.
    public static ActorRef<GatewayRpc.Command> directory(Refs refs) {
        return refs.root().at(ID, WORKERS).get(RPC);
    }
}
