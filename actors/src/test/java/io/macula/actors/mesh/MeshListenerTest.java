package io.macula.actors.mesh;

import static io.macula.actors.link.fake.Eventually.eventually;
import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.flow.ListeningPort;
import io.macula.actors.link.Links.Acceptor.Admission;
import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.link.fake.FakeLinks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MeshListenerTest {

    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final InetSocketAddress ANY = new InetSocketAddress(
            InetAddress.getLoopbackAddress(), 0);
    private static final InetSocketAddress BOUND = new InetSocketAddress(
            InetAddress.getLoopbackAddress(), 40_000);

    private final FakeLinks links = new FakeLinks();
    private final ListeningPort port = new ListeningPort();
    private final AtomicBoolean draining = new AtomicBoolean();
    private final AtomicInteger ready = new AtomicInteger();
    private final MeshListener.Parts parts = new MeshListener.Parts(links, ANY, port, 2,
            draining::get);

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private ActorRef<MeshListener.Command> start() {
        return KIT.spawn(MeshListener.create(parts, ready::incrementAndGet));
    }

    private FakeLinks.Listen listen(int number) {
        eventually(() -> links.listens().size() > number);
        return links.listens().get(number);
    }

    private ActorRef<MeshListener.Command> startAndListen() {
        var listener = start();
        listen(0).succeedsAt(BOUND);
        eventually(() -> ready.get() == 1);
        return listener;
    }

    private static FakeLink listeningNode(int number) {
        return new FakeLink(node(number)).listeningAt("10.0.0." + number + ":9443").accepted();
    }

    private Admission admit(FakeLink link) {
        return listen(0).acceptor().admit(link);
    }

    private static Admission.Refuse refused(Admission admission) {
        return (Admission.Refuse) admission;
    }

    @Test
    void isReadyWhenThePortIsBoundAndNotBefore() {
        start();
        assertThat(listen(0).address()).isEqualTo(ANY);
        assertThat(ready).hasValue(0);

        listen(0).succeedsAt(BOUND);

        eventually(() -> ready.get() == 1);
        assertThat(port.address()).isEqualTo(BOUND);
    }

    @Test
    void failsItsStartWithASentenceWhenThePortIsTaken() {
        var probe = KIT.createTestProbe();
        LoggingTestKit.error(MeshListener.CannotListenException.class)
                .withMessageContains("macula.mesh.port")
                .expect(KIT.system(), () -> {
                    var listener = start();
                    listen(0).fails("Cannot listen on 127.0.0.1:1: in use.");
                    probe.expectTerminated(listener);
                    return listener;
                });

        assertThat(ready).hasValue(0);
    }

    @Test
    void takesTheSamePortAgainAfterARestart() {
        startAndListen();

        start();

        assertThat(listen(1).address()).isEqualTo(BOUND);
        assertThat(listen(0).isClosed()).isTrue();
    }

    @Test
    void closesThePortWhenItStops() {
        var listener = startAndListen();

        KIT.stop(listener);

        eventually(() -> listen(0).isClosed());
    }

    @Test
    void letsNodesInThatListenThemselves() {
        startAndListen();

        assertThat(admit(listeningNode(1))).isInstanceOf(Admission.Admit.class);
    }

    @Test
    void tellsAPeerThatListensNowhereToDialAGateway() {
        startAndListen();

        var refusal = refused(admit(new FakeLink(node(1))));

        assertThat(refusal.reason().code()).isEqualTo("not_a_gateway");
        assertThat(refusal.reason().message()).contains("dial a gateway");
    }

    @Test
    void letsInAsManyAsItMayAndMoreWhenSomeHaveLeft() {
        startAndListen();
        var first = listeningNode(1);
        first.heardBy(((Admission.Admit) admit(first)).listener());
        admit(listeningNode(2));
        for (var number = 3; number < 10; number++) {
            assertThat(refused(admit(listeningNode(number))).reason().code())
                    .isEqualTo("limit_reached");
        }

        first.isLost();

        assertThat(admit(listeningNode(10))).isInstanceOf(Admission.Admit.class);
        assertThat(admit(listeningNode(11))).isInstanceOf(Admission.Refuse.class);
    }

    @Test
    void letsNobodyInWhileTheNodeDrains() {
        startAndListen();
        draining.set(true);

        assertThat(refused(admit(listeningNode(1))).reason().code()).isEqualTo("draining");
    }
}
