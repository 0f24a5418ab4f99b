package io.macula.runtime;

import io.macula.actors.bootstrap.BootstrapSystem;
import io.macula.actors.cluster.ClusterSeat;
import io.macula.actors.cluster.ClusterSystem;
import io.macula.actors.dht.RoutingServer;
import io.macula.actors.dht.RoutingSystem;
import io.macula.actors.gateway.GatewaySystem;
import io.macula.actors.health.HealthReport;
import io.macula.actors.health.NodeHealth;
import io.macula.actors.lan.LanDiscovery;
import io.macula.actors.mesh.Mesh;
import io.macula.actors.mesh.MeshLinks;
import io.macula.actors.mesh.MeshListener;
import io.macula.actors.mesh.MeshSystem;
import io.macula.actors.peer.PeerDiscovery;
import io.macula.actors.peer.PeerSystem;
import io.macula.actors.peer.Uplinks;
import io.macula.actors.platform.PlatformSystem;
import io.macula.actors.protocol.ProtocolRegistry;
import io.macula.actors.wire.WireCounters;
import io.macula.runtime.coordination.Coordination;
import io.macula.runtime.coordination.CoordinationSeat;
import io.macula.supervision.Key;
import io.macula.supervision.Spec;
import io.macula.supervision.Supervision;
import io.macula.supervision.Supervisor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/// The root supervision tree of a node. What a role does not need is not there.
final class RootTree {

    /// The name of the tree, with which every path begins.
    static final String NAME = "macula";

    static final Key<ProtocolRegistry.Command> PROTOCOL_REGISTRY = Key.of("protocol_registry");
    static final Key<LanDiscovery.Command> LAN_DISCOVERY = Key.of("lan_discovery");
    static final String PEERS = "peers";
    static final Key<PeerDiscovery.Command> PEER_DISCOVERY = Key.of("peer_discovery");
    static final String HTTP_SYSTEM = "http_system";
    static final Key<NodeHealth.Command> HEALTH_SERVER = Key.of("health_server");

    /// What the tree is made of.
    ///
    /// @param gateway the gateway role, when the node has it
    /// @param health where health is served, when the node is no gateway and serves it
    /// @param nodes what leads to other nodes, when this one listens for them
    /// @param platform the tree of what workloads are offered
    /// @param cluster the node's place in its Cluster, when it is to be a member of one
    /// @param coordination its place in the Cluster's coordination, when it takes part
    record Parts(WireCounters counters, Optional<Gateway> gateway, Optional<Nodes> nodes,
            Spec platform, PeerSystem.Parts peerSystem, Uplinks uplinks,
            int peersMax, Duration discoveryLook, Duration discoveryAtLeast,
            Optional<ClusterSeat> cluster, Optional<CoordinationSeat> coordination,
            Optional<Health> health) {}

    /// What leads to other nodes.
    ///
    /// @param routing asked when `routing_server` starts
    /// @param direct the listener and the links of a node without the gateway role
    /// @param lan how this node is announced on its local networks, when it is
    record Nodes(Supplier<RoutingServer.Parts> routing, Optional<Direct> direct, Runnable seek,
            Optional<LanDiscovery.Parts> lan) {}

    /// Direct links of a node without the gateway role.
    record Direct(MeshListener.Parts listener, MeshLinks.Parts links, Mesh mesh) {}

    /// The gateway role.
    record Gateway(GatewaySystem system, BootstrapSystem.Parts bootstrap) {}

    /// Health of a node without the gateway role.
    record Health(InetSocketAddress address, NodeHealth.Port port,
            Supplier<HealthReport> report) {}

    private RootTree() {}

    static Spec spec(Parts parts) {
        var last = new AtomicReference<Supervision.@Nullable Subscription>();
        var root = Supervisor.oneForOne()
                .intensity(10, Duration.ofSeconds(5))
                .child(PROTOCOL_REGISTRY, _ -> ProtocolRegistry.create(parts.counters()));
        if (parts.gateway().isPresent()) {
            var gateway = parts.gateway().get();
            root = root
                    .supervisor(BootstrapSystem.ID, BootstrapSystem.spec(gateway.bootstrap()))
                    .supervisor(GatewaySystem.ID, gateway.system().spec());
        }
        if (parts.nodes().isPresent()) {
            root = nodes(root, parts.nodes().get());
        }
        root = root
                .supervisor(PEERS, Supervisor.dynamic(parts.peersMax())
                        .intensity(10, Duration.ofSeconds(60)))
                .child(PEER_DISCOVERY, refs -> Behaviors.setup(context -> PeerDiscovery.create(
                        new PeerDiscovery.Parts(parts.uplinks(),
                                uplink -> PeerSystem.spec(parts.peerSystem(), uplink),
                                refs.get(Supervisor.key(PEERS)), PEERS,
                                listener -> onlyOne(last,
                                        Supervision.of(context.getSystem()).subscribe(listener)),
                                parts.discoveryLook(),
                                parts.nodes().map(Nodes::seek).orElse(() -> {}),
                                parts.discoveryLook(), parts.discoveryAtLeast()))));
        if (parts.cluster().isPresent()) {
            root = root.supervisor(ClusterSystem.ID, ClusterSystem.spec(parts.cluster().get()));
        }
        root = root.supervisor(PlatformSystem.ID, platform(parts));
        if (parts.health().isPresent()) {
            root = root.supervisor(HTTP_SYSTEM, httpSystem(parts.health().get()));
        }
        return root;
    }

    private static Spec platform(Parts parts) {
        return parts.coordination()
                .map(seat -> parts.platform()
                        .child(Coordination.KEY, _ -> Coordination.create(seat)))
                .orElse(parts.platform());
    }

    /// An incarnation that was killed could not end its subscription.
    private static Supervision.Subscription onlyOne(
            AtomicReference<Supervision.@Nullable Subscription> last,
            Supervision.Subscription now) {
        var before = last.getAndSet(now);
        if (before != null) {
            before.close();
        }
        return now;
    }

    /// The port comes before `routing_server`, which tells others where it is.
    private static Spec nodes(Spec root, Nodes nodes) {
        var listening = nodes.direct()
                .map(direct -> root.supervisor(MeshSystem.ID,
                        MeshSystem.spec(direct.listener(), direct.links(), direct.mesh())))
                .orElse(root);
        var routing = listening.supervisor(RoutingSystem.ID,
                RoutingSystem.spec(nodes.routing()));
        return nodes.lan()
                .map(lan -> routing.child(LAN_DISCOVERY, _ -> LanDiscovery.create(lan)))
                .orElse(routing);
    }

    private static Spec httpSystem(Health health) {
        return Supervisor.oneForOne()
                .intensity(10, Duration.ofSeconds(60))
                .child(HEALTH_SERVER,
                        _ -> NodeHealth.create(health.address(), health.port(), health.report()));
    }
}
