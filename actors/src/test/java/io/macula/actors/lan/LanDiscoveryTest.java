package io.macula.actors.lan;

import static io.macula.actors.link.fake.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.dht.NodeId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LanDiscoveryTest {

    private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());
    private static final ManualTime TIME = ManualTime.get(KIT.system());
    private static final Duration AGAIN = Duration.ofSeconds(10);
    private static final InetSocketAddress HERE = new InetSocketAddress("192.0.2.1", 9443);
    private static final NodeId SELF = NodeId.hashOf(new byte[]{0});

    /// A local network that knows who is announced on it.
    private final class FakeLan implements Lan {

        private final Announcement self;
        private final Consumer<Sighting> heard;
        private volatile boolean isClosed;

        FakeLan(Announcement self, Consumer<Sighting> heard) {
            this.self = self;
            this.heard = heard;
            networks.add(this);
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    private final List<FakeLan> networks = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable InetSocketAddress> listening = new AtomicReference<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final LanPresence presence = new LanPresence();
    private final TestProbe<Sighting.Neighbour> met = KIT.createTestProbe();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private Lan open(InetAddress local, Announcement self, Consumer<Sighting> heard)
            throws IOException {
        if (failures.getAndDecrement() > 0) {
            throw new IOException("no multicast on " + local.getHostAddress());
        }
        return new FakeLan(self, heard);
    }

    private ActorRef<LanDiscovery.Command> start() {
        return KIT.spawn(LanDiscovery.create(new LanDiscovery.Parts(SELF, "home", listening::get,
                this::open, presence, met.ref()::tell, AGAIN)));
    }

    private FakeLan announced() {
        eventually(() -> !networks.isEmpty());
        return networks.getLast();
    }

    private static Sighting sighting(int number, String realmTag) throws IOException {
        var id = NodeId.hashOf(new byte[]{(byte) number, (byte) (number >>> 8)});
        return new Sighting(id.hex(), realmTag, 9443,
                List.of(InetAddress.getByName("192.0.2.9")));
    }

    @Test
    void aNodeIsAnnouncedOnceItListens() {
        var discovery = start();
        TIME.timePasses(AGAIN);
        assertThat(networks).isEmpty();

        listening.set(HERE);
        TIME.timePasses(AGAIN);

        assertThat(announced().self).isEqualTo(Announcement.of(SELF, "home", 9443));
        KIT.stop(discovery);
    }

    @Test
    void aNeighbourIsMetWhenItIsHeardOfAndAgainLater() throws IOException {
        listening.set(HERE);
        var discovery = start();
        var lan = announced();

        lan.heard.accept(sighting(1, lan.self.realmTag()));
        lan.heard.accept(sighting(2, "another realm"));
        var neighbour = met.receiveMessage();
        TIME.timePasses(AGAIN);

        assertThat(met.receiveMessage()).isEqualTo(neighbour);
        met.expectNoMessage(Duration.ofMillis(0));
        KIT.stop(discovery);
    }

    @Test
    void withoutMulticastItIsTriedAgain() {
        failures.set(1);
        listening.set(HERE);
        var discovery = start();
        eventually(() -> failures.get() == 0);
        assertThat(networks).isEmpty();

        eventually(() -> {
            TIME.timePasses(AGAIN);
            return !networks.isEmpty();
        });

        KIT.stop(discovery);
    }

    @Test
    void theAnnouncementIsTakenBackWhenTheProcessEnds() {
        listening.set(HERE);
        var discovery = start();
        var lan = announced();

        KIT.stop(discovery);

        eventually(() -> lan.isClosed);
    }

    @Test
    void anIncarnationAfterAKillTakesTheOldAnnouncementBack() {
        listening.set(HERE);
        var killed = start();
        var old = announced();
        var next = start();

        eventually(() -> networks.size() == 2);

        assertThat(old.isClosed).isTrue();
        assertThat(announced().isClosed).isFalse();
        KIT.stop(killed);
        KIT.stop(next);
    }

    @Test
    void aCrowdIsRememberedUpToABound() throws IOException {
        listening.set(HERE);
        var discovery = start();
        var lan = announced();
        var crowd = LanDiscovery.NEIGHBOURS_MAX + 10;
        for (var number = 1; number <= crowd; number++) {
            lan.heard.accept(sighting(number, lan.self.realmTag()));
            met.receiveMessage();
        }

        TIME.timePasses(AGAIN);

        var again = new ArrayList<Sighting.Neighbour>();
        for (var number = 0; number < LanDiscovery.NEIGHBOURS_MAX; number++) {
            again.add(met.receiveMessage());
        }
        assertThat(again).doesNotHaveDuplicates();
        met.expectNoMessage(Duration.ofMillis(0));
        KIT.stop(discovery);
    }
}
