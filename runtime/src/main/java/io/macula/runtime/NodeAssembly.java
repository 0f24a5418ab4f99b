package io.macula.runtime;

import io.macula.actors.bootstrap.BootstrapSystem;
import io.macula.actors.cluster.ClusterSeat;
import io.macula.actors.flow.ListeningPort;
import io.macula.actors.flow.PeerInbox;
import io.macula.actors.gateway.GatewaySystem;
import io.macula.actors.health.HealthReport;
import io.macula.actors.health.NodeHealth;
import io.macula.actors.health.NodeStatus;
import io.macula.actors.identity.NodeCertificate;
import io.macula.actors.lan.JmdnsLan;
import io.macula.actors.lan.LanDiscovery;
import io.macula.actors.lan.LanPresence;
import io.macula.actors.link.LinkConfig;
import io.macula.actors.link.Links;
import io.macula.actors.link.PeerAddress;
import io.macula.actors.link.QuicLinks;
import io.macula.actors.link.quic.QuicProvider;
import io.macula.actors.link.quic.providers.QuicProviders;
import io.macula.actors.local.Local;
import io.macula.actors.mesh.MeshListener;
import io.macula.actors.peer.PeerSystem;
import io.macula.actors.peer.Uplinks;
import io.macula.actors.platform.PlatformSystem;
import io.macula.actors.services.CheckedServices;
import io.macula.actors.state.ClusterStateChannel;
import io.macula.actors.state.SharedState;
import io.macula.actors.wire.MessageIds;
import io.macula.actors.wire.WireCounters;
import io.macula.actors.wire.WireLimits;
import io.macula.dht.NodeId;
import io.macula.runtime.coordination.CoordinationSeat;
import io.macula.runtime.trace.Traces;
import io.macula.runtime.web.WebMounts;
import io.macula.supervision.Refs;
import io.macula.supervision.Spec;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The parts of one node, put together from its settings before the tree starts: identity, QUIC,
/// tables, and the description of the tree.
final class NodeAssembly {

    /// What became of putting a node together.
    sealed interface Assembled {
        record Ready(NodeAssembly assembly) implements Assembled {}

        record Failed(StartFailure failure) implements Assembled {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(NodeAssembly.class);

    /// Peers one node keeps connected.
    private static final int PEERS_MAX = 1_000;

    /// Announcements to one peer whose answer is awaited.
    private static final int UNANSWERED_MAX = 10_000;

    /// Links a peer lets in, for each that it may dial.
    private static final int ACCEPTED_PER_DIALLED = 4;

    /// How often a node heard of on the local network is thought of again.
    private static final Duration LAN_AGAIN = Duration.ofSeconds(10);

    private final NodeSettings settings;
    private final NodeId self;
    private final Links links;
    private final LinkConfig linkConfig;
    private final WireCounters counters;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Crew crew = new Crew(executor);
    private final NodeStatus status = new NodeStatus();
    private final NodeHealth.Port httpPort;
    private final MessageIds ids = MessageIds.create();
    private final Uplinks uplinks = new Uplinks(PEERS_MAX);
    private final Traces traces;
    private final Local local;
    private final Optional<NodeMesh> mesh;
    private final Optional<StateAssembly> state;
    private final Optional<GatewaySystem> gateway;
    private final Optional<ClusterSeat> cluster;
    private final Optional<CoordinationSeat> coordination;
    private final Optional<GlobalAssembly> global;
    private final Optional<WorkloadAssembly> workloads;
    private final NodeArrivals arrivals;
    private final ListeningPort port;
    private final CheckedServices checked;
    private final NodeReports reports;
    private final NodeSignals signals;
    private final AtomicReference<Supplier<HealthReport>> report;

    private NodeAssembly(NodeSettings settings, NodeIdentity identity, QuicLinks quicLinks,
            ListeningPort port, LinkConfig linkConfig, WireCounters counters, Wiring wiring) {
        this.settings = settings;
        this.self = identity.key().id();
        this.port = port;
        this.linkConfig = linkConfig;
        this.counters = counters;
        var tuning = settings.tuning();
        this.httpPort = new NodeHealth.Port(tuning.http().limits(), tuning.http().names());
        this.traces = Traces.of(self, tuning.traces());
        this.signals = new NodeSignals(traces.tracing());
        httpPort.routes().page("/metrics", (_, _) -> signals.page());
        this.local = NodeTables.of(tuning, executor, crew, traces);
        this.checked = new CheckedServices(tuning.proceduresMaxPerClient());
        this.reports = new NodeReports(self, settings, status);
        this.report = new AtomicReference<>(reports::starting);
        this.arrivals = new NodeArrivals(self, local, ids);
        this.cluster = settings.clusterSettings()
                .map(wanted -> ClusterSeat.of(wanted, identity.key(), identity.realm(),
                        wiring::members));
        this.coordination = cluster.filter(_ -> tuning.coordination().enabled())
                .flatMap(seat -> coordinationOf(settings, seat, wiring));
        this.mesh = settings.quicAddress().map(_ -> new NodeMesh(meshParts(identity)));
        this.state = mesh.filter(_ -> tuning.state().enabled()).map(this::stateOver);
        state.ifPresent(shared -> cluster.ifPresent(
                seat -> ClusterStateChannel.between(seat.channel(), shared.shared())));
        this.global = state.map(StateAssembly::shared)
                .map(shared -> new GlobalAssembly(settings.tuning().platform(), self, shared,
                        cluster, coordination, executor));
        this.workloads = mesh.map(_ -> new WorkloadAssembly(settings, executor));
        this.links = mesh.map(nodes -> nodes.over(quicLinks, arrivals,
                state.map(StateAssembly::channel))).orElse(quicLinks);
        this.gateway = settings.role() == Role.GATEWAY
                ? mesh.map(nodes -> new GatewaySystem(gatewayParts(nodes)))
                : Optional.empty();
        settings.peers().forEach(uplinks::want);
    }

    private StateAssembly stateOver(NodeMesh nodes) {
        return new StateAssembly(settings, nodes, status, executor);
    }

    /// Without a folder of its own a node cannot vote, nor remember which group is the Cluster's.
    private Optional<CoordinationSeat> coordinationOf(NodeSettings settings, ClusterSeat seat,
            Wiring wiring) {
        return settings.dataDirectory()
                .map(folder -> folder.resolve("coordination")
                        .resolve(seat.settings().name()))
                .map(folder -> new CoordinationSeat(new CoordinationSeat.Parts(self, seat,
                        settings.tuning().coordination(), folder, wiring)));
    }

    static Assembled of(NodeSettings settings, Wiring wiring) {
        return switch (NodeIdentity.load(settings)) {
            case NodeIdentity.Loaded.Failed(var failure) -> new Assembled.Failed(failure);
            case NodeIdentity.Loaded.Ready(var identity) -> of(settings, identity, wiring);
        };
    }

    private static Assembled of(NodeSettings settings, NodeIdentity identity, Wiring wiring) {
        var kind = QuicProviders.Kind.parse(settings.tuning().quicProvider())
                .orElse(QuicProviders.Kind.AUTO);
        return switch (QuicProviders.open(kind, settings.tuning().link().quic())) {
            case QuicProviders.Opened.Unavailable(var message) -> new Assembled.Failed(
                    new StartFailure(StartFailure.Kind.FAILED, message));
            case QuicProviders.Opened.Ready(var provider, var remark) -> {
                if (!remark.isEmpty()) {
                    LOG.atWarn().log(remark);
                }
                yield new Assembled.Ready(of(settings, identity, provider, wiring));
            }
        };
    }

    private static NodeAssembly of(NodeSettings settings, NodeIdentity identity,
            QuicProvider provider, Wiring wiring) {
        var counters = new WireCounters();
        var config = settings.tuning().link().links();
        var certificate = NodeCertificate.issue(identity.key().id(), Instant.now());
        var port = new ListeningPort();
        var self = new QuicLinks.Self(identity.key(), certificate, identity.realm(),
                () -> endpoint(settings, port), identity.knownPeers());
        var limits = WireLimits.DEFAULT.withPayloadBytesMax(settings.tuning().frameMaxBytes());
        var links = QuicLinks.create(self, wiring.links(provider), config, limits, counters);
        return new NodeAssembly(settings, identity, links, port, config, counters, wiring);
    }

    /// Where the node says that it listens, empty before it does: with port 0 nobody knows earlier.
    private static String endpoint(NodeSettings settings, ListeningPort port) {
        var bound = port.address();
        return bound == null
                ? ""
                : settings.quicAddress()
                        .map(quic -> new PeerAddress(null, quic.getHostString(), bound.getPort())
                                .hostPort())
                        .orElse("");
    }

    private NodeMesh.Parts meshParts(NodeIdentity identity) {
        var isGateway = settings.role() == Role.GATEWAY;
        var tuning = settings.tuning();
        return new NodeMesh.Parts(identity, settings.realm().name(), local, ids, executor,
                () -> endpoint(settings, port), tuning.dht(), isGateway,
                isGateway ? tuning.gatewayLinksMax() : tuning.meshLinksMax(),
                tuning.meshLinksWanted(), Clock.systemUTC());
    }

    private GatewaySystem.Parts gatewayParts(NodeMesh nodes) {
        var tuning = settings.tuning();
        var limits = new GatewaySystem.Limits(tuning.clientsMax(), PeerInbox.MESSAGES_MAX,
                tuning.subscriptionsMaxPerClient(), tuning.proceduresMaxPerClient(),
                tuning.pendingCallsMax(), tuning.advertisementTtl(),
                tuning.advertisementSweep());
        var leading = new GatewaySystem.Nodes(nodes.mesh(), nodes.dialler(links),
                nodes.outreach(), nodes.calls(), nodes.advertised());
        var http = settings.httpAddress().orElseGet(() -> new InetSocketAddress("127.0.0.1", 0));
        return new GatewaySystem.Parts(self, links, local, leading, status, limits,
                settings.quicAddress().orElseThrow(), http, port, httpPort, this::report,
                () -> report().toJson(), Clock.systemUTC());
    }

    RootTree.Parts tree() {
        var health = gateway.isPresent()
                ? Optional.<RootTree.Health>empty()
                : settings.httpAddress()
                        .map(address -> new RootTree.Health(address, httpPort,
                                this::report));
        return new RootTree.Parts(counters,
                gateway.map(system -> new RootTree.Gateway(system, bootstrap())),
                mesh.map(this::nodes), platform(), peerSystem(), uplinks,
                PEERS_MAX, Duration.ofSeconds(1), Duration.ofSeconds(30), cluster,
                coordination, health);
    }

    private RootTree.Nodes nodes(NodeMesh nodes) {
        var direct = gateway.isPresent()
                ? Optional.<RootTree.Direct>empty()
                : Optional.of(new RootTree.Direct(new MeshListener.Parts(links,
                        settings.quicAddress().orElseThrow(), port,
                        settings.tuning().meshLinksMax() * ACCEPTED_PER_DIALLED,
                        status::isDraining), nodes.dialler(links), nodes.mesh()));
        return new RootTree.Nodes(nodes::routing, direct, nodes::seek, lan(nodes));
    }

    private Spec platform() {
        var services = PlatformSystem.of(checked, executor);
        var shared = state.map(each -> each.addTo(services)).orElse(services);
        var hosting = global.map(each -> each.addTo(shared)).orElse(shared);
        return workloads.map(each -> each.addTo(hosting)).orElse(hosting);
    }

    private Optional<LanDiscovery.Parts> lan(NodeMesh nodes) {
        return settings.tuning().lanEnabled()
                ? Optional.of(new LanDiscovery.Parts(self, settings.realm().name(), port::address,
                        JmdnsLan::open, new LanPresence(), nodes::meet, LAN_AGAIN))
                : Optional.empty();
    }

    private BootstrapSystem.Parts bootstrap() {
        var tuning = settings.tuning();
        return new BootstrapSystem.Parts(self, () -> endpoint(settings, port),
                settings.realm().name(),
                Clock.systemUTC(), tuning.clientsMax(), tuning.advertisementTtl(),
                tuning.advertisementSweep(), Duration.ofSeconds(60),
                isFine -> {
                    if (isFine) {
                        status.ok("bootstrap");
                    } else {
                        status.failing("bootstrap", "a bootstrap process does not answer");
                    }
                }, GatewaySystem::directory);
    }

    private PeerSystem.Parts peerSystem() {
        var tuning = settings.tuning();
        var strategy = tuning.peerStrategy().equals("rest-for-one")
                ? PeerSystem.Strategy.REST_FOR_ONE
                : PeerSystem.Strategy.ONE_FOR_ALL;
        return new PeerSystem.Parts(self, () -> endpoint(settings, port), links,
                linkConfig.redial(), local,
                ids, tuning.advertisementTtl(), tuning.advertisementRefresh(), UNANSWERED_MAX,
                strategy, Clock.systemUTC(), new SecureRandom());
    }

    /// @param tree addresses seen from the root of the running tree
    NodePlane plane(Refs tree) {
        return new NodePlane(self, local, uplinks, gateway, mesh,
                state.map(StateAssembly::shared), checked, ids, tree, crew,
                settings.tuning().frameMaxBytes() - NodePlane.FRAME_OVERHEAD_BYTES,
                signals.traffic());
    }

    /// The tree runs: the node takes part in the mesh, and says itself how it is.
    void runs(Refs tree, Supplier<HealthReport> how) {
        gateway.ifPresent(system -> arrivals.passOnTo(system, tree));
        mesh.ifPresent(nodes -> nodes.begin(tree));
        status.expect("tree");
        status.ok("tree");
        report.set(how);
    }

    private HealthReport report() {
        return report.get().get();
    }

    HealthReport report(Duration uptime) {
        var parts = parts();
        return reports.running(uptime, parts.figures(), parts.sentences());
    }

    Optional<ClusterSeat> cluster() {
        return cluster;
    }

    NodeSignals signals() {
        return signals;
    }

    NodeParts parts() {
        return new NodeParts(local, uplinks, counters, mesh, state, gateway, cluster, coordination,
                workloads, signals);
    }

    /// What it takes to host global services; empty on a node that shares no state.
    Optional<GlobalAssembly> global() {
        return global;
    }

    /// What runs workloads; empty on a node that does not listen for others.
    Optional<WorkloadAssembly> workloads() {
        return workloads;
    }

    Optional<CoordinationSeat> coordination() {
        return coordination;
    }

    ListeningPort port() {
        return port;
    }

    Links links() {
        return links;
    }

    /// Takes the node out of the registry, as far as that is done within `patience`.
    void unregister(Duration patience) {
        state.ifPresent(shared -> shared.unregister(patience));
    }

    Optional<SharedState> sharedState() {
        return state.map(StateAssembly::shared);
    }

    NodeStatus status() {
        return status;
    }

    /// Lets the node be looked at by browsers and by the consoles of other nodes.
    void openConsole(Node node, ActorSystem<?> system) {
        ConsoleAssembly.open(settings, mesh, local.procedures(), node, system, httpPort.routes());
    }

    /// Empty when nobody was told where the node serves HTTP.
    Optional<WebMounts> web() {
        var fileMax = settings.tuning().http().fileMaxBytes();
        return settings.httpAddress().map(_ -> new WebMounts(httpPort.routes(), fileMax));
    }

    NodeHealth.Port httpPort() {
        return httpPort;
    }

    String realm() {
        return settings.realm().name();
    }

    Traces traces() {
        return traces;
    }

    ExecutorService executor() {
        return executor;
    }
}
