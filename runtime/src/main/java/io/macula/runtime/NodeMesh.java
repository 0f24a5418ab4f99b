package io.macula.runtime;

import io.macula.actors.dht.DhtConfig;
import io.macula.actors.dht.Discovery;
import io.macula.actors.dht.InterestKeys;
import io.macula.actors.dht.Provider;
import io.macula.actors.dht.RealmKey;
import io.macula.actors.dht.RoutingServer;
import io.macula.actors.dht.RoutingSystem;
import io.macula.actors.flow.OpenLinks;
import io.macula.actors.lan.Sighting;
import io.macula.actors.link.Links;
import io.macula.actors.link.PeerAddress;
import io.macula.actors.local.Local;
import io.macula.actors.mesh.AddressBook;
import io.macula.actors.mesh.Advertised;
import io.macula.actors.mesh.DhtLinks;
import io.macula.actors.mesh.Mesh;
import io.macula.actors.mesh.MeshCalls;
import io.macula.actors.mesh.MeshLayer;
import io.macula.actors.mesh.MeshLinks;
import io.macula.actors.mesh.Neighbours;
import io.macula.actors.mesh.Outreach;
import io.macula.actors.mesh.Seeking;
import io.macula.actors.mesh.SeenRequests;
import io.macula.actors.peer.PeerDiscovery;
import io.macula.actors.rpc.Breaker;
import io.macula.actors.rpc.Breakers;
import io.macula.actors.wire.MessageIds;
import io.macula.dht.Contact;
import io.macula.dht.Endpoint;
import io.macula.dht.NodeId;
import io.macula.supervision.Refs;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// What a node that listens knows of other nodes, and its ways to them: the tables behind
/// `routing_system`, `mesh_links` and `peer_discovery`, which outlive those processes.
final class NodeMesh {

    /// What it is made of.
    ///
    /// @param endpoint where this node listens now, empty while it does not
    /// @param linksMax links dialled to other nodes and kept
    /// @param linksWanted links that `peer_discovery` sees to
    record Parts(NodeIdentity identity, String realm, Local local, MessageIds ids,
            Executor executor, Supplier<String> endpoint, DhtConfig dht, boolean isGateway,
            int linksMax, int linksWanted, Clock clock) {}

    /// Nodes whose addresses are remembered.
    private static final int ADDRESSES_MAX = 10_000;

    /// Gateways that are remembered as relays.
    private static final int RELAYS_MAX = 100;

    /// Topics whose keys are remembered.
    private static final int TOPICS_MAX = 10_000;

    /// Request ids that are remembered, and for how long.
    private static final int REQUESTS_MAX = 65_536;
    private static final Duration REQUESTS_KEEP = Duration.ofSeconds(10);

    private static final int GATEWAYS_WANTED = 2;

    /// Providers whose failures are counted.
    private static final int BREAKERS_MAX = 10_000;

    private final Parts parts;
    private final NodeId self;
    private final Set<NodeId> upgrading = ConcurrentHashMap.newKeySet();
    /// Whether `peer_discovery` was told of a change it has not looked at yet.
    private final AtomicBoolean changeTold = new AtomicBoolean();
    private final OpenLinks open = new OpenLinks();
    private final SecureRandom random = new SecureRandom();
    private final Seeking seeking;
    private final Mesh mesh;
    private final Discovery discovery;
    private final DhtLinks dhtLinks;
    private final MeshCalls calls;
    private final Outreach outreach;
    private final Advertised advertised;
    private volatile List<NodeId> relaysSaid = List.of();

    NodeMesh(Parts parts) {
        this.parts = parts;
        this.self = parts.identity().key().id();
        this.seeking = new Seeking(GATEWAYS_WANTED, parts.linksWanted());
        this.mesh = new Mesh(self, new Neighbours(self, RELAYS_MAX),
                new AddressBook(ADDRESSES_MAX), upgrading);
        this.discovery = new Discovery(new Discovery.Parts(parts.identity().key(),
                parts.identity().realm(), this::described, parts.dht(), parts.clock(),
                parts.executor()));
        this.dhtLinks = new DhtLinks(mesh, discovery);
        var keys = new InterestKeys(parts.realm());
        this.calls = new MeshCalls(mesh, discovery, parts.local().calls(), parts.ids(),
                parts.realm(), random,
                new Breakers(Breaker.Rules.DEFAULT, BREAKERS_MAX, System::nanoTime),
                parts.local().tracing());
        this.outreach = new Outreach(mesh, discovery, keys, TOPICS_MAX);
        this.advertised = new Advertised(discovery, keys, parts.realm());
    }

    /// What this node says of itself in its records.
    Provider described() {
        return new Provider(self, address(), relaysSaid, parts.local().calls().openCalls());
    }

    private List<PeerAddress> address() {
        return PeerAddress.parse(parts.endpoint().get())
                .filter(_ -> !parts.endpoint().get().isEmpty())
                .map(where -> List.of(new PeerAddress(self, where.host(), where.port())))
                .orElse(List.of());
    }

    /// The links of the node with the mesh in between.
    ///
    /// @param state takes the frames of shared state, when the node has any
    Links over(Links links, NodeArrivals arrivals, Optional<? extends MeshLayer.Door> state) {
        var door = state.map(dhtLinks::and).orElse(dhtLinks);
        return new MeshLayer(links, mesh, parts.local().calls(), arrivals, door,
                new SeenRequests(REQUESTS_MAX, REQUESTS_KEEP, System::nanoTime));
    }

    /// What `mesh_links` is made of.
    MeshLinks.Parts dialler(Links links) {
        return new MeshLinks.Parts(self, links, mesh.neighbours(), mesh.addresses(), open,
                upgrading, parts.linksMax(), parts.clock());
    }

    /// What `routing_server` is made of; asked when it starts, because only then is it known
    /// where this node listens.
    RoutingServer.Parts routing() {
        var here = address();
        var endpoint = here.isEmpty()
                ? Endpoint.of("localhost", 0)
                : Endpoint.of(here.getFirst().host(), here.getFirst().port());
        return new RoutingServer.Parts(new Contact(self, endpoint), discovery, dhtLinks,
                dhtLinks::linked, random);
    }

    /// The tree runs: this node takes part.
    void begin(Refs tree) {
        discovery.attach(RoutingSystem.server(tree));
        var _ = discovery.advertise(RealmKey.peers(parts.realm()));
        if (parts.isGateway()) {
            var _ = discovery.advertise(RealmKey.gateways(parts.realm()));
        }
        var seeker = tree.get(RootTree.PEER_DISCOVERY);
        mesh.neighbours().whenChanged(() -> {
            if (changeTold.compareAndSet(false, true)) {
                seeker.tell(new PeerDiscovery.NeighboursChanged());
            }
        });
    }

    /// Looks for gateways and nodes of the realm, and connects to those that are missing.
    void seek() {
        changeTold.set(false);
        if (mesh.neighbours().isEmpty()) {
            return;
        }
        var gateways = discovery.providers(RealmKey.gateways(parts.realm()));
        var _ = discovery.providers(RealmKey.peers(parts.realm()))
                .thenAcceptBoth(gateways, (peers, found) -> connect(found, peers));
    }

    private synchronized void connect(List<Provider> gateways, List<Provider> peers) {
        if (!gateways.isEmpty()) {
            mesh.neighbours().relaysAre(gateways.stream().map(Provider::node).toList());
        }
        gateways.forEach(mesh::learn);
        peers.forEach(mesh::learn);
        seeking.missing(self, mesh.neighbours().nodes(), gateways, peers,
                ThreadLocalRandom.current()).forEach(mesh::wants);
        sayRelays();
    }

    /// A node of the realm was heard of on the local network. It is dialled when this node has fewer
    /// links than it wants, and in any case when it has none.
    void meet(Sighting.Neighbour heard) {
        heard.hosts().forEach(host -> mesh.addresses().hint(heard.node(), host, heard.port()));
        if (mesh.neighbours().count() < Math.max(1, parts.linksWanted())) {
            mesh.wants(heard.node());
        }
    }

    private void sayRelays() {
        var linked = mesh.neighbours()
                .linkedRelays()
                .stream()
                .limit(Provider.RELAYS_MAX)
                .toList();
        if (!linked.equals(relaysSaid)) {
            relaysSaid = linked;
            discovery.selfChanged();
        }
    }

    /// Takes back what this node provides, as far as that is done within `patience`.
    void withdraw(Duration patience) {
        if (!mesh.neighbours().isEmpty()) {
            discovery.withdrawAll()
                    .toCompletableFuture()
                    .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionally(_ -> null)
                    .join();
        }
    }

    /// Takes back what this node provides and says goodbye, as far as that is done within
    /// `patience`.
    void leave(Duration patience) {
        if (mesh.neighbours().isEmpty()) {
            return;
        }
        CompletableFuture.allOf(discovery.withdrawAll().toCompletableFuture())
                .thenCompose(_ -> discovery.leave())
                .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(_ -> null)
                .join();
    }

    /// The node has stopped: whoever waits for the DHT is told that nothing was found.
    void close() {
        discovery.close();
    }

    List<PeerLine> peers() {
        return mesh.reached()
                .stream()
                .map(each -> PeerLine.of(each.node(),
                        mesh.neighbours().isRelay(each.node()) ? "gateway" : "node", each.path(),
                        each.link()))
                .toList();
    }

    Mesh mesh() {
        return mesh;
    }

    Discovery discovery() {
        return discovery;
    }

    MeshCalls calls() {
        return calls;
    }

    Outreach outreach() {
        return outreach;
    }

    Advertised advertised() {
        return advertised;
    }
}
