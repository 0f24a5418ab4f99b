package io.macula.actors.dht;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.identity.NodeKey;
import io.macula.actors.identity.Realm;
import io.macula.actors.link.PeerAddress;
import io.macula.actors.wire.Decoded;
import io.macula.actors.wire.FrameCodec;
import io.macula.actors.wire.Message;
import io.macula.dht.Contact;
import io.macula.dht.Endpoint;
import io.macula.dht.NodeId;
import io.macula.supervision.Supervision;
import io.macula.supervision.Supervisor;
import io.macula.supervision.TreePath;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.Props;

/// Nodes whose DHT frames really are encoded and decoded, but travel within one JVM.
final class DhtNet {

    static final String REALM = "test";

    private static final AtomicInteger TREES = new AtomicInteger();

    private final ActorTestKit kit;
    private final Map<NodeId, DhtNode> nodes = new ConcurrentHashMap<>();

    DhtNet(ActorTestKit kit) {
        this.kit = kit;
    }

    /// One node with its supervised process.
    final class DhtNode {

        private final NodeKey key = NodeKey.generate();
        private final boolean serves;
        private final Contact contact;
        private final String tree = "dht-" + TREES.incrementAndGet();
        private final AtomicReference<List<NodeId>> relays = new AtomicReference<>(List.of());
        private final List<Contact> linked = new ArrayList<>();
        private final Discovery discovery;
        private volatile boolean isDead;

        DhtNode(int number, boolean serves, DhtConfig config) {
            this.serves = serves;
            this.contact = new Contact(key.id(), Endpoint.of("127.0.0.1", 10_000 + number));
            this.discovery = new Discovery(new Discovery.Parts(key, Realm.open(REALM),
                    this::self, config, Clock.systemUTC(), Runnable::run));
            nodes.put(contact.id(), this);
            var parts = new RoutingServer.Parts(contact, discovery, this::send,
                    () -> List.copyOf(linked), new Random(number));
            kit.spawn(Supervisor.root(tree,
                    Supervisor.oneForOne()
                            .supervisor(RoutingSystem.ID, RoutingSystem.spec(() -> parts))),
                    tree, Props.empty());
            discovery.attach(RoutingSystem.server(
                    await(Supervision.of(kit.system()).whenUp(tree))));
        }

        private Provider self() {
            var address = new PeerAddress(null, "127.0.0.1", contact.endpoint().port());
            return new Provider(contact.id(), serves ? List.of(address) : List.of(), relays.get(),
                    0);
        }

        /// A node that is dead neither sends nor receives; who sends to it is told.
        private void send(Contact to, Message frame, Runnable undeliverable) {
            var receiver = nodes.get(to.id());
            if (receiver == null || receiver.isDead || isDead) {
                undeliverable.run();
                return;
            }
            assertThat(RoutingServer.takes(frame)).isTrue();
            var bytes = FrameCodec.encode(frame);
            assertThat(FrameCodec.decode(bytes)).isInstanceOfSatisfying(Decoded.Ok.class,
                    decoded -> receiver.discovery.received(contact, serves, decoded.message()));
        }

        Discovery discovery() {
            return discovery;
        }

        NodeId id() {
            return contact.id();
        }

        Contact contact() {
            return contact;
        }

        DhtNode joinThrough(DhtNode... seeds) {
            var contacts = new ArrayList<Contact>();
            for (var seed : seeds) {
                contacts.add(seed.contact());
                if (!seed.isDead) {
                    linked.add(seed.contact());
                }
            }
            await(discovery.join(contacts));
            return this;
        }

        void relays(List<NodeId> through) {
            relays.set(through);
            discovery.selfChanged();
        }

        void die() {
            isDead = true;
        }

        void crash() {
            var place = TreePath.parse(tree + "/" + RoutingSystem.ID + "/routing_server");
            assertThat(Supervision.of(kit.system()).kill(place)).isTrue();
        }

        TableView table() {
            return await(discovery.table()).orElseThrow();
        }

        List<NodeId> whoProvides(RealmKey what) {
            return await(discovery.providers(what)).stream().map(Provider::node).toList();
        }
    }

    DhtNode node(int number) {
        return new DhtNode(number, true, DhtConfig.DEFAULT);
    }

    DhtNode client(int number) {
        return new DhtNode(number, false, DhtConfig.DEFAULT);
    }

    /// `count` nodes that have all joined through the first.
    List<DhtNode> nodes(int count) {
        var all = new ArrayList<DhtNode>();
        for (var number = 0; number < count; number++) {
            var node = node(number);
            if (number > 0) {
                node.joinThrough(all.getFirst());
            }
            all.add(node);
        }
        return all;
    }

    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("no answer came", e);
        }
    }
}
