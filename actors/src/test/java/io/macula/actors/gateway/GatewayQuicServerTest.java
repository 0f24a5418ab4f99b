package io.macula.actors.gateway;

import static io.macula.actors.link.fake.Eventually.eventually;
import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.flow.ListeningPort;
import io.macula.actors.health.NodeStatus;
import io.macula.actors.link.Links.Acceptor.Admission;
import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.link.fake.FakeLinks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayQuicServerTest {

    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final InetSocketAddress ANY = new InetSocketAddress(
            InetAddress.getLoopbackAddress(), 0);
    private static final InetSocketAddress BOUND = new InetSocketAddress(
            InetAddress.getLoopbackAddress(), 40_000);

    private final FakeLinks links = new FakeLinks();
    private final ClientSessions sessions = new ClientSessions(2, 10);
    private final NodeStatus status = new NodeStatus();
    private final ListeningPort port = new ListeningPort();
    private final AtomicInteger ready = new AtomicInteger();
    private final TestProbe<GatewayClients.Command> clients = KIT.createTestProbe();
    private final GatewayQuicServer.Parts parts = new GatewayQuicServer.Parts(links, ANY,
            sessions, new GatewayCounters(), status, port,
            new ClientInbound.Workers(clients.ref(),
                    KIT.<GatewayPubsub.Command>createTestProbe().ref(),
                    KIT.<GatewayRpc.Command>createTestProbe().ref(),
                    KIT.<Gateway.Command>createTestProbe().ref()));

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @BeforeEach
    void expectThePort() {
        status.expect(GatewayQuicServer.CHECK);
    }

    private ActorRef<GatewayQuicServer.Command> start() {
        return KIT.spawn(GatewayQuicServer.create(parts, ready::incrementAndGet));
    }

    private FakeLinks.Listen listen(int number) {
        eventually(() -> links.listens().size() > number);
        return links.listens().get(number);
    }

    private void startAndListen() {
        start();
        listen(0).succeedsAt(BOUND);
        eventually(() -> ready.get() == 1);
    }

    private static String codeOf(Admission admission) {
        return ((Admission.Refuse) admission).reason().code();
    }

    @Test
    void isReadyWhenThePortIsBoundAndNotBefore() {
        start();
        var listen = listen(0);
        assertThat(ready).hasValue(0);
        assertThat(status.isReady()).isFalse();

        listen.succeedsAt(BOUND);

        eventually(status::isReady);
        eventually(() -> ready.get() == 1);
        assertThat(port.address()).isEqualTo(BOUND);
    }

    @Test
    void failsItsStartWhenThePortIsTaken() {
        var probe = KIT.createTestProbe();
        LoggingTestKit.error(GatewayQuicServer.CannotListenException.class)
                .expect(KIT.system(),
                        () -> {
                            var server = start();
                            listen(0).fails(
                                    "Cannot listen on 127.0.0.1:9443: address already in use.");
                            probe.expectTerminated(server);
                            return server;
                        });

        assertThat(ready).hasValue(0);
        assertThat(status.isReady()).isFalse();
    }

    @Test
    void closesTheListenerOfAKilledIncarnationAndTakesTheSamePortAgain() {
        startAndListen();

        start();

        assertThat(listen(1).address()).isEqualTo(BOUND);
        assertThat(links.listens().getFirst().isClosed()).isTrue();
    }

    @Test
    void closesAListenerThatAKilledIncarnationWasStillBinding() {
        start();
        var late = listen(0);
        start();
        assertThat(links.listens()).hasSize(1);

        late.succeedsAt(BOUND);

        listen(1);
        assertThat(late.isClosed()).isTrue();
    }

    @Test
    void closesThePortWhenItStops() {
        var server = start();
        listen(0).succeedsAt(BOUND);
        eventually(() -> ready.get() == 1);

        KIT.stop(server);

        eventually(() -> links.listens().getFirst().isClosed());
        assertThat(status.isReady()).isFalse();
    }

    @Test
    void letsPeersInWhileThereIsRoomAndTellsThoseWhoKeepTheList() {
        startAndListen();
        var acceptor = listen(0).acceptor();

        assertThat(acceptor.admit(new FakeLink(node(1)))).isInstanceOf(Admission.Admit.class);
        acceptor.admit(new FakeLink(node(2)));

        assertThat(codeOf(acceptor.admit(new FakeLink(node(3))))).isEqualTo("limit_reached");
        clients.expectMessageClass(GatewayClients.Joined.class);
        clients.expectMessageClass(GatewayClients.Joined.class);
        assertThat(sessions.refused()).isEqualTo(1);
    }

    @Test
    void closesTheOlderLinkOfAPeerThatComesInAgain() {
        startAndListen();
        var older = new FakeLink(node(1));
        listen(0).acceptor().admit(older);

        listen(0).acceptor().admit(new FakeLink(node(1)));

        assertThat(older.closeCode()).isEqualTo("superseded");
        assertThat(sessions.count()).isEqualTo(1);
    }

    @Test
    void letsNobodyInWhileTheNodeDrains() {
        startAndListen();
        status.drain();

        assertThat(codeOf(listen(0).acceptor().admit(new FakeLink(node(1)))))
                .isEqualTo("draining");
        assertThat(sessions.count()).isZero();
    }
}
