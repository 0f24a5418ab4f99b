package io.macula.actors.gateway;

import static io.macula.actors.link.fake.Eventually.eventually;
import static io.macula.actors.link.fake.Nodes.idOf;
import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.bootstrap.BootstrapRegistry;
import io.macula.actors.flow.OpenLinks;
import io.macula.actors.link.PeerAddress;
import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.link.fake.FakeLinks;
import io.macula.actors.local.Delivery;
import io.macula.actors.local.LocalSubscriptions;
import io.macula.actors.local.LocalTables;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.PubsubRoute;
import io.macula.actors.wire.TopicPattern;
import io.macula.dht.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class GatewayMeshTest {

    private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());
    private static final ManualTime TIME = ManualTime.get(KIT.system());
    private static final NodeId FAR = node(9);

    private final FakeLinks links = new FakeLinks();
    private final OpenLinks open = new OpenLinks();
    private final GatewayCounters counters = new GatewayCounters();
    private final LocalSubscriptions local = LocalTables.subscriptions(10, 100, 1_000,
            Runnable::run);
    private final TestProbe<BootstrapRegistry.Command> registry = KIT.createTestProbe();
    private final ActorRef<GatewayMesh.Command> mesh = start();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private ActorRef<GatewayMesh.Command> start() {
        return KIT.spawn(GatewayMesh.create(new GatewayMesh.Parts(node(0), links, open, counters,
                2, registry.ref(), new LocalDelivery(local, counters))));
    }

    private static PubsubRoute route(NodeId to) {
        return new PubsubRoute(idOf(to), idOf(node(1)), 1, 5, "a",
                Publish.of("a", Bytes.EMPTY, 0, false, Bytes.utf8("id")));
    }

    private void forward(NodeId to) {
        mesh.tell(new GatewayMesh.Forward(to, route(to)));
    }

    private void registryKnows(NodeId wanted) {
        var question = registry.expectMessageClass(BootstrapRegistry.WhereIs.class);
        assertThat(question.node()).isEqualTo(wanted);
        question.replyTo()
                .tell(new BootstrapRegistry.Endpoint(wanted,
                        PeerAddress.parse("10.0.0.9:9443")));
    }

    private FakeLinks.Dial dial(int number) {
        eventually(() -> links.dials().size() > number);
        return links.dials().get(number);
    }

    private static void awaitSent(FakeLink link, int messages) {
        eventually(() -> link.sent().size() == messages);
    }

    @Test
    void dialsTheEndpointTheRegistryKnowsAndKeepsTheLink() {
        forward(FAR);
        registryKnows(FAR);
        var link = dial(0).comesThrough(FAR);
        awaitSent(link, 1);

        forward(FAR);
        awaitSent(link, 2);

        assertThat(links.dials()).hasSize(1);
        assertThat(counters.snapshot().routed()).isEqualTo(2);
    }

    @Test
    void countsWhatFoundNoWay() {
        forward(FAR);
        registry.expectMessageClass(BootstrapRegistry.WhereIs.class)
                .replyTo()
                .tell(new BootstrapRegistry.Endpoint(FAR, Optional.empty()));
        eventually(() -> counters.snapshot().unroutable() == 1);

        forward(FAR);
        registryKnows(FAR);
        dial(0).fails();

        eventually(() -> counters.snapshot().unroutable() == 2);
    }

    @Test
    void asksAgainWhenTheRegistryWasGoneAndDidNotAnswer() {
        forward(FAR);
        registry.expectMessageClass(BootstrapRegistry.WhereIs.class);

        TIME.timePasses(GatewayMesh.PATIENCE.plusSeconds(1));
        eventually(() -> counters.snapshot().unroutable() == 1);
        forward(FAR);

        registryKnows(FAR);
    }

    @Test
    void dialsAgainWhenTheLinkHadClosedBeforeItWasHeardOf() {
        forward(FAR);
        registryKnows(FAR);
        var link = dial(0).link(FAR);
        link.isLost();
        dial(0).comesThrough(link);
        eventually(() -> counters.snapshot().dropped() == 1);

        forward(FAR);

        registryKnows(FAR);
        awaitSent(dial(1).comesThrough(FAR), 1);
    }

    @Test
    void closesTheLinkThatWasUsedLongestAgoWhenThePoolIsFull() {
        var ups = List.of(0, 1, 2).stream().map(number -> {
            var far = node(20 + number);
            forward(far);
            registryKnows(far);
            var link = dial(number).comesThrough(far);
            awaitSent(link, 1);
            return link;
        }).toList();

        eventually(() -> ups.getFirst().isClosed());
        assertThat(ups.getFirst().closeCode()).isEqualTo("evicted");
        assertThat(ups.get(1).isClosed() || ups.get(2).isClosed()).isFalse();
    }

    @Test
    void deliversWhatTheFarSideRoutesToThisNode() {
        var heard = new CopyOnWriteArrayList<Delivery>();
        local.add(TopicPattern.of("a").orElseThrow(), heard::add);
        forward(FAR);
        registryKnows(FAR);
        var link = dial(0).comesThrough(FAR);

        link.receives(route(node(0)));
        link.receives(route(node(5)));

        assertThat(heard).hasSize(1);
    }

    @Test
    void closesLinksThatAKilledIncarnationLeftOpenOrStillDials() {
        forward(FAR);
        registryKnows(FAR);
        var left = dial(0).comesThrough(FAR);
        awaitSent(left, 1);
        forward(node(8));
        registryKnows(node(8));
        dial(1);

        start();
        eventually(left::isClosed);
        var late = dial(1).comesThrough(node(8));

        eventually(late::isClosed);
        assertThat(open.count()).isZero();
    }
}
