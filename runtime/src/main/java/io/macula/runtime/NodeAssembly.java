package io.macula.runtime;

import io.macula.actors.bootstrap.BootstrapSystem;
import io.macula.actors.gateway.GatewaySystem;
import io.macula.actors.health.HealthReport;
import io.macula.actors.health.NodeHealth;
import io.macula.actors.health.NodeStatus;
import io.macula.actors.identity.NodeCertificate;
import io.macula.actors.link.LinkConfig;
import io.macula.actors.link.Links;
import io.macula.actors.link.QuicLinks;
import io.macula.actors.link.quic.QuicConfig;
import io.macula.actors.link.quic.QuicProvider;
import io.macula.actors.link.quic.providers.QuicProviders;
import io.macula.actors.local.Local;
import io.macula.actors.local.LocalProcedures;
import io.macula.actors.local.LocalSubscriptions;
import io.macula.actors.peer.PeerSystem;
import io.macula.actors.peer.Uplinks;
import io.macula.actors.rpc.CallLedger;
import io.macula.actors.wire.MessageIds;
import io.macula.actors.wire.WireCounters;
import io.macula.actors.wire.WireLimits;
import io.macula.dht.NodeId;
import io.macula.supervision.Refs;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
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

    /// Messages of one subscription that wait for its handler.
    private static final int SUBSCRIPTION_QUEUE_MAX = 10_000;

    /// How long a message id is remembered: longer than any detour through the mesh takes.
    private static final Duration DEDUP_KEEP = Duration.ofSeconds(10);

    /// Requests that run at once on one node.
    private static final int REQUESTS_MAX = 1_000;

    /// Peers one node keeps connected.
    private static final int PEERS_MAX = 1_000;

    /// Announcements to one peer whose answer is awaited.
    private static final int UNANSWERED_MAX = 10_000;

    /// Messages of one peer that wait for the workers of a gateway.
    private static final int INBOX_MAX = 10_000;

    private final NodeSettings settings;
    private final NodeId self;
    private final Links links;
    private final LinkConfig linkConfig;
    private final WireCounters counters;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final NodeStatus status = new NodeStatus();
    private final NodeHealth.Port httpPort = new NodeHealth.Port();
    private final MessageIds ids = MessageIds.create();
    private final Uplinks uplinks = new Uplinks(PEERS_MAX);
    private final Local local;
    private final Optional<GatewaySystem> gateway;
    private final AtomicReference<Supplier<HealthReport>> report;

    private NodeAssembly(NodeSettings settings, NodeId self, Links links, LinkConfig linkConfig,
            WireCounters counters) {
        this.settings = settings;
        this.self = self;
        this.links = links;
        this.linkConfig = linkConfig;
        this.counters = counters;
        var tuning = settings.tuning();
        this.local = new Local(
                new LocalSubscriptions(new LocalSubscriptions.Bounds(
                        tuning.subscriptionsMaxPerClient(), SUBSCRIPTION_QUEUE_MAX,
                        tuning.dedupWindow(), DEDUP_KEEP), executor, System::nanoTime),
                new LocalProcedures(tuning.proceduresMaxPerClient(), REQUESTS_MAX, executor),
                new CallLedger(tuning.pendingCallsMax()));
        this.report = new AtomicReference<>(this::starting);
        this.gateway = settings.role() == Role.GATEWAY
                ? Optional.of(new GatewaySystem(gatewayParts()))
                : Optional.empty();
        settings.peers().forEach(uplinks::want);
    }

    static Assembled of(NodeSettings settings) {
        return switch (NodeIdentity.load(settings)) {
            case NodeIdentity.Loaded.Failed(var failure) -> new Assembled.Failed(failure);
            case NodeIdentity.Loaded.Ready(var identity) -> of(settings, identity);
        };
    }

    private static Assembled of(NodeSettings settings, NodeIdentity identity) {
        var kind = QuicProviders.Kind.parse(settings.tuning().quicProvider())
                .orElse(QuicProviders.Kind.AUTO);
        var quic = QuicConfig.defaults()
                .withIdleTimeout(linkConfig(settings).quicIdleTimeout());
        return switch (QuicProviders.open(kind, quic)) {
            case QuicProviders.Opened.Unavailable(var message) -> new Assembled.Failed(
                    new StartFailure(StartFailure.Kind.FAILED, message));
            case QuicProviders.Opened.Ready(var provider, var remark) -> {
                if (!remark.isEmpty()) {
                    LOG.atWarn().log(remark);
                }
                yield new Assembled.Ready(of(settings, identity, provider));
            }
        };
    }

    private static NodeAssembly of(NodeSettings settings, NodeIdentity identity,
            QuicProvider provider) {
        var counters = new WireCounters();
        var config = linkConfig(settings);
        var certificate = NodeCertificate.issue(identity.key().id(), Instant.now());
        var self = new QuicLinks.Self(identity.key(), certificate, identity.realm(),
                endpoint(settings), identity.knownPeers());
        var limits = WireLimits.DEFAULT.withPayloadBytesMax(settings.tuning().frameMaxBytes());
        var links = QuicLinks.create(self, provider, config, limits, counters);
        return new NodeAssembly(settings, identity.key().id(), links, config, counters);
    }

    private static LinkConfig linkConfig(NodeSettings settings) {
        return LinkConfig.DEFAULT.withHeartbeat(settings.tuning().heartbeat());
    }

    /// Where a gateway says that it listens. With port 0 nobody knows before it is bound, and
    /// peers learn no endpoint.
    private static String endpoint(NodeSettings settings) {
        var quic = settings.quic();
        return settings.role() == Role.GATEWAY && quic.getPort() != 0
                ? quic.getHostString() + ":" + quic.getPort()
                : "";
    }

    private GatewaySystem.Parts gatewayParts() {
        var tuning = settings.tuning();
        var limits = new GatewaySystem.Limits(tuning.clientsMax(), INBOX_MAX,
                tuning.subscriptionsMaxPerClient(), tuning.proceduresMaxPerClient(),
                tuning.pendingCallsMax(), tuning.meshLinksMax(), tuning.advertisementTtl(),
                tuning.advertisementSweep());
        var http = settings.httpAddress().orElseGet(() -> new InetSocketAddress("127.0.0.1", 0));
        return new GatewaySystem.Parts(self, links, local, status, limits, settings.quic(), http,
                httpPort, this::report, () -> report().toJson(), Clock.systemUTC());
    }

    RootTree.Parts tree() {
        var health = gateway.isPresent()
                ? Optional.<RootTree.Health>empty()
                : settings.httpAddress()
                        .map(address -> new RootTree.Health(address, httpPort,
                                this::report));
        return new RootTree.Parts(counters,
                gateway.map(system -> new RootTree.Gateway(system, bootstrap())), peerSystem(),
                uplinks, PEERS_MAX, Duration.ofSeconds(1), health);
    }

    private BootstrapSystem.Parts bootstrap() {
        var tuning = settings.tuning();
        return new BootstrapSystem.Parts(self, endpoint(settings), settings.realm().name(),
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
        return new PeerSystem.Parts(self, endpoint(settings), links, linkConfig.redial(), local,
                ids, tuning.advertisementTtl(), tuning.advertisementRefresh(), UNANSWERED_MAX,
                strategy, Clock.systemUTC(), new SecureRandom());
    }

    /// @param tree addresses seen from the root of the running tree
    NodePlane plane(Refs tree) {
        return new NodePlane(self, local, uplinks, gateway, ids, tree, executor,
                settings.tuning().frameMaxBytes() - NodePlane.FRAME_OVERHEAD_BYTES);
    }

    /// From now on the node itself says how it is.
    void runs(Supplier<HealthReport> how) {
        status.expect("tree");
        status.ok("tree");
        report.set(how);
    }

    private HealthReport report() {
        return report.get().get();
    }

    private HealthReport starting() {
        return new HealthReport(self.hex(), settings.name(), role(), settings.realm().name(),
                false, false, Duration.ZERO, status.checks(), Map.of());
    }

    HealthReport report(Duration uptime, NodePlane plane) {
        var figures = new TreeMap<String, Long>();
        figures.put("links_up", (long) uplinks.up().size());
        figures.put("open_calls", (long) local.calls().openCalls());
        figures.put("subscription_drops", local.subscriptions().dropped());
        plane.gateway().ifPresent(system -> gatewayFigures(figures, system));
        var wire = counters.snapshot();
        figures.put("frames_malformed", wire.malformed());
        figures.put("frames_unknown", wire.unknownIds());
        return new HealthReport(self.hex(), settings.name(), role(), settings.realm().name(),
                status.isReady(), status.isDraining(), uptime, status.checks(), figures);
    }

    private static void gatewayFigures(Map<String, Long> figures, GatewaySystem system) {
        var counters = system.counters();
        figures.put("clients", (long) system.clients());
        figures.put("clients_refused", system.clientsRefused());
        figures.put("published", counters.published());
        figures.put("delivered", counters.delivered());
        figures.put("dropped", counters.dropped());
        figures.put("requests", counters.requests());
        figures.put("overloads", counters.overloads());
        figures.put("invalid", counters.invalid());
    }

    private String role() {
        return settings.role().name().toLowerCase(Locale.ROOT);
    }

    Links links() {
        return links;
    }

    NodeStatus status() {
        return status;
    }

    NodeHealth.Port httpPort() {
        return httpPort;
    }

    ExecutorService executor() {
        return executor;
    }
}
