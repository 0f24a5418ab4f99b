package io.macula.actors.mesh;

import static io.macula.actors.link.fake.Nodes.node;

import io.macula.actors.dht.InterestKeys;
import io.macula.actors.dht.Provider;
import io.macula.actors.dht.ToldDiscovery;
import io.macula.actors.link.PeerAddress;
import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.rpc.Breaker;
import io.macula.actors.rpc.Breakers;
import io.macula.actors.rpc.CallLedger;
import io.macula.actors.trace.Tracing;
import io.macula.actors.wire.MessageIds;
import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;

/// What a node, number 0, knows of others and its ways to them, with fake links, a DHT that says
/// what the test says, and nobody who dials.
public final class MeshRig {

    public static final NodeId SELF = node(0);

    private final Neighbours neighbours = new Neighbours(SELF, 10);
    private final AddressBook addresses = new AddressBook(100);
    private final Set<NodeId> upgrading = ConcurrentHashMap.newKeySet();
    private final Mesh mesh = new Mesh(SELF, neighbours, addresses, upgrading);
    private final ToldDiscovery dht = new ToldDiscovery();
    private final CallLedger ledger = new CallLedger(100);
    private final InterestKeys keys = new InterestKeys(ToldDiscovery.REALM);
    private final AtomicLong nanos = new AtomicLong();
    private final TestInbox<MeshLinks.Command> dialler = TestInbox.create();

    public MeshRig() {
        mesh.dialsBy(dialler.getRef());
    }

    /// Lets time pass for what is spared.
    public void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    public Mesh mesh() {
        return mesh;
    }

    public ToldDiscovery dht() {
        return dht;
    }

    public CallLedger ledger() {
        return ledger;
    }

    public InterestKeys keys() {
        return keys;
    }

    Set<NodeId> upgrading() {
        return upgrading;
    }

    /// What the process that dials was asked since the last time.
    public List<MeshLinks.Command> dials() {
        return dialler.getAllReceived();
    }

    public Outreach outreach() {
        return new Outreach(mesh, dht.discovery(), keys, 100);
    }

    public MeshCalls calls() {
        return new MeshCalls(mesh, dht.discovery(), ledger, MessageIds.create(),
                ToldDiscovery.REALM, new Random(1),
                new Breakers(Breaker.Rules.DEFAULT, 100, nanos::get), Tracing.OFF);
    }

    public Advertised advertised() {
        return new Advertised(dht.discovery(), keys, ToldDiscovery.REALM);
    }

    public static String endpointOf(int number) {
        return "10.0.0." + number + ":9443";
    }

    /// A link to a node that listens comes up.
    public FakeLink neighbour(int number) {
        var link = new FakeLink(node(number)).listeningAt(endpointOf(number));
        neighbours.up(link);
        return link;
    }

    /// A link to a gateway, known as one, comes up.
    public FakeLink gateway(int number) {
        neighbours.relaysAre(List.of(node(number)));
        return neighbour(number);
    }

    /// A node as its record shows it, with an address and the gateways it can be reached by.
    public static Provider provider(int number, int... relays) {
        return loaded(number, 0, relays);
    }

    public static Provider loaded(int number, long load, int... relays) {
        var address = PeerAddress.parse(endpointOf(number)).orElseThrow();
        return new Provider(node(number),
                List.of(new PeerAddress(node(number), address.host(), address.port())),
                java.util.Arrays.stream(relays).mapToObj(relay -> node(relay)).toList(), load);
    }
}
