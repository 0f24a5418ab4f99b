package io.macula.actors.gateway;

import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.bootstrap.BootstrapRegistry;
import io.macula.actors.link.Disconnected;
import io.macula.actors.link.fake.FakeLink;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class GatewayClientsTest {

    private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());
    private static final ManualTime TIME = ManualTime.get(KIT.system());

    private final ClientSessions sessions = new ClientSessions(100, 10);
    private final TestProbe<GatewayPubsub.Command> pubsub = KIT.createTestProbe();
    private final TestProbe<GatewayRpc.Command> rpc = KIT.createTestProbe();
    private final TestProbe<BootstrapRegistry.Command> registry = KIT.createTestProbe();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private ClientSession peer(int number) {
        var link = new FakeLink(node(number)).listeningAt("10.0.0.1:9443");
        return ((ClientSessions.Admitted.In) sessions.admit(link)).session();
    }

    private ActorRef<GatewayClients.Command> start() {
        return KIT.spawn(GatewayClients.create(sessions, pubsub.ref(), rpc.ref(),
                registry.ref()));
    }

    @Test
    void tellsTheOtherWorkersWhenAPeerLeft() {
        var anna = peer(1);
        var clients = start();

        clients.tell(new GatewayClients.LinkClosed(anna, Disconnected.NORMAL));

        pubsub.expectMessage(new GatewayPubsub.Left(anna));
        rpc.expectMessage(new GatewayRpc.Left(anna));
        assertThat(sessions.count()).isZero();
    }

    @Test
    void noticesADepartureThatWasMissedDuringACrashAlsoThatOfAReplacedSession() {
        var older = peer(1);
        peer(1);
        older.close();

        start();

        pubsub.expectMessage(new GatewayPubsub.Left(older));
        rpc.expectMessage(new GatewayRpc.Left(older));
        assertThat(sessions.count()).isEqualTo(1);
    }

    @Test
    void keepsEverybodyWhoIsInListed() {
        var anna = peer(1);
        var seen = new BootstrapRegistry.Seen(anna.peer(), "10.0.0.1:9443");
        start().tell(new GatewayClients.Joined(anna));
        registry.expectMessage(seen);

        TIME.timePasses(GatewayClients.LISTING);

        registry.expectMessage(seen);
    }
}
