package io.macula.actors.mesh;

import static io.macula.actors.link.fake.Eventually.eventually;
import static io.macula.actors.link.fake.Nodes.node;

import io.macula.actors.flow.OpenLinks;
import io.macula.actors.link.LinkListener;
import io.macula.actors.link.Links;
import io.macula.actors.link.PeerAddress;
import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.link.fake.FakeLinks;
import io.macula.actors.link.fake.TurningClock;
import io.macula.actors.wire.Ping;
import io.macula.dht.NodeId;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AutoClose;

/// The process that dials for the mesh, with links and a clock of the test.
abstract class MeshLinksSetting {

    static final NodeId SELF = node(0);

    /// Of two links to this one ours stays, because our id is the lower one; ...
    static final NodeId HIGHER = first(true);

    /// ... and of two to this one theirs.
    static final NodeId LOWER = first(false);

    @AutoClose("shutdownTestKit") final ActorTestKit kit = ActorTestKit.create();

    final FakeLinks dialled = new FakeLinks();
    final OpenLinks open = new OpenLinks();
    final Neighbours neighbours = new Neighbours(SELF, 10);
    final AddressBook addresses = new AddressBook(100);
    final Set<NodeId> upgrading = ConcurrentHashMap.newKeySet();
    final TurningClock clock = new TurningClock();
    final Mesh mesh = new Mesh(SELF, neighbours, addresses, upgrading);
    final Links links = new Noting(dialled, neighbours);
    final List<Parcel.Fate> fates = new CopyOnWriteArrayList<>();
    ActorRef<MeshLinks.Command> process = start();

    static NodeId first(boolean isHigher) {
        return IntStream.range(1, 1_000)
                .mapToObj(number -> node(number))
                .filter(other -> other.compareTo(SELF) > 0 == isHigher)
                .findFirst()
                .orElseThrow();
    }

    /// As the mesh does it: a link is a neighbour before anybody else hears of it.
    record Noting(FakeLinks links, Neighbours neighbours) implements Links {

        @Override
        public CompletionStage<Dialled> dial(
                PeerAddress address,
                LinkListener listener) {
            return links.dial(address, listener).thenApply(result -> {
                if (result instanceof Dialled.Up(var link)) {
                    neighbours.up(link);
                }
                return result;
            });
        }

        @Override
        public CompletionStage<Bound> listen(
                InetSocketAddress local, Acceptor acceptor) {
            return links.listen(local, acceptor);
        }

        @Override
        public void close() {}
    }

    ActorRef<MeshLinks.Command> start() {
        var started = kit.spawn(MeshLinks.create(new MeshLinks.Parts(SELF, links, neighbours,
                addresses, open, upgrading, 2, clock)));
        mesh.dialsBy(started);
        return started;
    }

    void knows(NodeId node) {
        addresses.learn(node, "10.0.0.9", 9443);
    }

    void forward(NodeId to, int number) {
        mesh.dial(to, Parcel.of(new Ping(number), fates::add));
    }

    FakeLinks.Dial dial(int number) {
        eventually(() -> dialled.dials().size() > number);
        return dialled.dials().get(number);
    }

    static void awaitSent(FakeLink link, int messages) {
        eventually(() -> link.sent().size() == messages);
    }

    void awaitFates(Parcel.Fate... expected) {
        eventually(() -> fates.equals(List.of(expected)));
    }
}
