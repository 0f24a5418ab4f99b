package io.macula.actors.bootstrap;

import static io.macula.actors.link.fake.Eventually.eventually;
import static io.macula.actors.link.fake.Nodes.idOf;
import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.gateway.GatewayRpc;
import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.rpc.Party;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Call;
import io.macula.actors.wire.FindNode;
import io.macula.actors.wire.FindNodeReply;
import io.macula.actors.wire.FindValue;
import io.macula.actors.wire.FindValueReply;
import io.macula.actors.wire.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class BootstrapServerTest {

    private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());
    private static final ManualTime TIME = ManualTime.get(KIT.system());
    private static final Bytes ID = Bytes.utf8("request");

    private final TestProbe<BootstrapRegistry.Command> registry = KIT.createTestProbe();
    private final TestProbe<GatewayRpc.Command> directory = KIT.createTestProbe();
    private final FakeLink link = new FakeLink(node(1));
    private final ActorRef<BootstrapServer.Command> server = KIT.spawn(BootstrapServer.create(
            node(0), () -> "10.0.0.1:9443", "lab", registry.ref(), directory.ref()));

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private void registryLists(BootstrapRegistry.Entry... entries) {
        registry.expectMessageClass(BootstrapRegistry.Listing.class)
                .replyTo()
                .tell(new BootstrapRegistry.Listed(List.of(entries)));
    }

    private long answered() {
        var probe = KIT.<BootstrapServer.Answered>createTestProbe();
        server.tell(new BootstrapServer.HowMany(probe.ref()));
        return probe.receiveMessage().questions();
    }

    @Test
    void answersFromTheRegistryAndTheDirectory() {
        server.tell(new BootstrapServer.NodeAsked(link, FindNode.of(ID)));
        registryLists();
        server.tell(new BootstrapServer.Called(link, Call.of(ID, "_dht.list_gateways")));
        registryLists();
        server.tell(new BootstrapServer.ValueAsked(link, FindValue.of(ID)));
        directory.expectMessageClass(GatewayRpc.WhoOffers.class)
                .replyTo()
                .tell(new GatewayRpc.Providers(List.of(Party.Self.SELF)));

        eventually(() -> answered() == 3);
        assertThat(link.sent(FindNodeReply.class)).singleElement()
                .satisfies(reply -> assertThat(reply.nodes().getFirst().bytes("node_id"))
                        .contains(idOf(node(0))));
        assertThat(link.sent(Reply.class)).hasSize(1);
        assertThat(link.sent(FindValueReply.class)).extracting(FindValueReply::result)
                .containsExactly("value");
    }

    @Test
    void answersWhatItKnowsItselfWhenTheOthersAreGone() {
        server.tell(new BootstrapServer.NodeAsked(link, FindNode.of(ID)));
        server.tell(new BootstrapServer.ValueAsked(link, FindValue.of(ID).withRequestId(ID)));
        registry.expectMessageClass(BootstrapRegistry.Listing.class);
        directory.expectMessageClass(GatewayRpc.WhoOffers.class);

        TIME.timePasses(Duration.ofSeconds(4));

        eventually(() -> answered() == 2);
        assertThat(link.sent(FindNodeReply.class)).hasSize(1);
        assertThat(link.sent(FindValueReply.class)).singleElement().satisfies(reply -> {
            assertThat(reply.typeText()).isEqualTo("error");
            assertThat(reply.requestId()).isEqualTo(ID);
        });
    }

    @Test
    void hasNoMoreQuestionsUnderWayThanItMayAndTakesMoreLater() {
        for (var number = 0; number < BootstrapServer.QUESTIONS_MAX + 50; number++) {
            server.tell(new BootstrapServer.NodeAsked(link, FindNode.of(ID)));
        }
        assertThat(answered()).isZero();
        for (var number = 0; number < BootstrapServer.QUESTIONS_MAX; number++) {
            registryLists();
        }
        eventually(() -> answered() == BootstrapServer.QUESTIONS_MAX);

        server.tell(new BootstrapServer.NodeAsked(link, FindNode.of(ID)));
        registryLists();

        eventually(() -> answered() == BootstrapServer.QUESTIONS_MAX + 1);
        assertThat(link.sent(FindNodeReply.class)).hasSize(BootstrapServer.QUESTIONS_MAX + 1);
    }

    @Test
    void survivesALinkThatIsGoneBeforeTheAnswer() {
        link.isLost();
        server.tell(new BootstrapServer.NodeAsked(link, FindNode.of(ID)));
        registryLists();

        eventually(() -> answered() == 1);
    }

    @Test
    void healthNoticesWhenOneOfThemDoesNotAnswerAndWhenItIsBack() {
        var reports = new CopyOnWriteArrayList<Boolean>();
        var probe = KIT.<BootstrapServer.Command>createTestProbe();
        KIT.spawn(BootstrapHealth.create(probe.ref(), registry.ref(), Duration.ofSeconds(60),
                reports::add));

        TIME.timePasses(Duration.ofSeconds(60));
        probe.expectMessageClass(BootstrapServer.HowMany.class);
        registryLists();
        TIME.timePasses(Duration.ofSeconds(4));
        eventually(() -> reports.contains(false));
        TIME.timePasses(Duration.ofSeconds(56));
        probe.expectMessageClass(BootstrapServer.HowMany.class)
                .replyTo()
                .tell(new BootstrapServer.Answered(0));
        registryLists();

        eventually(() -> reports.getLast());
    }
}
