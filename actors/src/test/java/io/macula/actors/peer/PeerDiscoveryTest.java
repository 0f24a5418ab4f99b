package io.macula.actors.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.PeerAddress;
import io.macula.supervision.Restart;
import io.macula.supervision.StartResult;
import io.macula.supervision.Supervisor;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PeerDiscoveryTest {

    private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());
    private static final ManualTime TIME = ManualTime.get(KIT.system());
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Uplinks uplinks = new Uplinks(10);
    private final TestProbe<Supervisor.Command> peers = KIT.createTestProbe();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private void want(String address) {
        uplinks.want(PeerAddress.parse(address).orElseThrow());
    }

    private ActorRef<PeerDiscovery.Command> start() {
        return KIT.spawn(PeerDiscovery.create(uplinks, _ -> Supervisor.oneForAll(), peers.ref(),
                LOOK));
    }

    private Supervisor.StartChild startChild() {
        return peers.expectMessageClass(Supervisor.StartChild.class);
    }

    @Test
    void startsAPeerSystemForEachWantedPeer() {
        want("10.0.0.1:9443");
        want("10.0.0.2:9443");

        start();

        assertThat(startChild().child().id()).isEqualTo("peer_system@10.0.0.1:9443");
        var second = startChild().child();
        assertThat(second.id()).isEqualTo("peer_system@10.0.0.2:9443");
        assertThat(second.restart()).isEqualTo(Restart.TEMPORARY);
    }

    @Test
    void startsOneThatGaveUpAgainAfterAPause() {
        want("10.0.0.1:9443");
        start();
        startChild();

        TIME.expectNoMessageFor(LOOK.minusMillis(1), peers);
        TIME.timePasses(Duration.ofMillis(1));

        assertThat(startChild().child().id()).isEqualTo("peer_system@10.0.0.1:9443");
    }

    @Test
    void startsAPeerThatIsWantedLaterAtOnce() {
        var discovery = start();
        want("10.0.0.3:9443");

        discovery.tell(new PeerDiscovery.Wanted());

        assertThat(startChild().child().id()).isEqualTo("peer_system@10.0.0.3:9443");
    }

    @Test
    void goesOnAfterAStartThatFailed() {
        want("10.0.0.1:9443");
        start();

        startChild().replyTo().tell(new StartResult.MaxChildren(1));
        TIME.timePasses(LOOK);

        startChild();
    }
}
