package io.macula.actors.peer;

import static io.macula.actors.link.fake.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.PeerAddress;
import io.macula.supervision.Event;
import io.macula.supervision.Exit;
import io.macula.supervision.Occurrence;
import io.macula.supervision.Restart;
import io.macula.supervision.StartResult;
import io.macula.supervision.Supervisor;
import io.macula.supervision.TreePath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
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
    private final List<Consumer<Occurrence>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();
    private final TestProbe<Supervisor.Command> peers = KIT.createTestProbe();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private void want(String address) {
        uplinks.want(PeerAddress.parse(address).orElseThrow());
    }

    private ActorRef<PeerDiscovery.Command> start() {
        return KIT.spawn(PeerDiscovery.create(new PeerDiscovery.Parts(uplinks,
                _ -> Supervisor.oneForAll(), peers.ref(), "peers", listener -> {
                    listeners.add(listener);
                    return () -> listeners.remove(listener);
                }, LOOK, looks::incrementAndGet, LOOK, LOOK.multipliedBy(3))));
    }

    private void happens(Event event) {
        eventually(() -> !listeners.isEmpty());
        listeners.forEach(listener -> listener.accept(new Occurrence(Instant.EPOCH,
                TreePath.parse("macula/peers"), event)));
    }

    /// What was sent before has been read when this has been answered.
    private void isRead(ActorRef<PeerDiscovery.Command> discovery) {
        discovery.tell(new PeerDiscovery.Wanted());
        startChild();
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
        var discovery = start();
        startChild();
        TIME.expectNoMessageFor(LOOK.multipliedBy(3), peers);

        happens(new Event.Exited("peer_system@10.0.0.1:9443", 1, new Exit.Shutdown("gave up")));
        isRead(discovery);
        TIME.expectNoMessageFor(LOOK.minusMillis(1), peers);
        TIME.timePasses(Duration.ofMillis(1));

        assertThat(startChild().child().id()).isEqualTo("peer_system@10.0.0.1:9443");
        TIME.expectNoMessageFor(LOOK.multipliedBy(3), peers);
    }

    @Test
    void startsAllAgainWhenTheirSupervisorHasRestarted() {
        want("10.0.0.1:9443");
        var discovery = start();
        startChild();

        happens(new Event.Started("connection", 2));
        isRead(discovery);
        TIME.expectNoMessageFor(LOOK.multipliedBy(2), peers);
        happens(new Event.Started("peers", 2));
        isRead(discovery);
        TIME.timePasses(LOOK);

        startChild();
    }

    @Test
    void hearsNoMoreEventsOnceItHasStopped() {
        var discovery = start();
        eventually(() -> listeners.size() == 1);

        KIT.stop(discovery);

        assertThat(listeners).isEmpty();
    }

    @Test
    void startsAPeerThatIsWantedLaterAtOnce() {
        var discovery = start();
        want("10.0.0.3:9443");

        discovery.tell(new PeerDiscovery.Wanted());

        assertThat(startChild().child().id()).isEqualTo("peer_system@10.0.0.3:9443");
    }

    @Test
    void looksForOtherNodesOfTheRealmEverLessOften() {
        start();
        looksAfter(1, 1);
        looksAfter(2, 2);
        looksAfter(3, 3);
        looksAfter(3, 4);
    }

    @Test
    void looksForOtherNodesSoonAfterALinkCameOrWent() {
        var discovery = start();
        looksAfter(1, 1);
        looksAfter(2, 2);

        want("10.0.0.4:9443");
        discovery.tell(new PeerDiscovery.NeighboursChanged());
        isRead(discovery);

        looksAfter(1, 3);
        looksAfter(2, 4);
    }

    /// Not before that many pauses have passed, and then once.
    private void looksAfter(int pauses, int all) {
        TIME.timePasses(LOOK.multipliedBy(pauses).minusMillis(1));
        assertThat(looks).hasValue(all - 1);
        TIME.timePasses(Duration.ofMillis(1));
        eventually(() -> looks.get() == all);
    }

    @Test
    void goesOnAfterAStartThatFailed() {
        want("10.0.0.1:9443");
        var discovery = start();

        startChild().replyTo().tell(new StartResult.MaxChildren(1));
        isRead(discovery);
        TIME.timePasses(LOOK);

        startChild();
    }
}
