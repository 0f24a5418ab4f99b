package io.macula.actors.peer;

import static io.macula.actors.link.fake.Eventually.eventually;
import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.Disconnected;
import io.macula.actors.link.Link;
import io.macula.actors.link.LinkListener;
import io.macula.actors.link.PeerAddress;
import io.macula.actors.link.Redial;
import io.macula.actors.link.StreamClass;
import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.link.fake.FakeLinks;
import io.macula.actors.link.fake.TurningClock;
import io.macula.actors.wire.Message;
import java.time.Duration;
import java.util.Random;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ConnectionTest {

    private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());
    private static final ManualTime TIME = ManualTime.get(KIT.system());

    private static final Duration SOON = Duration.ofMillis(100);

    private final Uplink uplink = new Uplink(PeerAddress.parse("10.0.0.1:9443").orElseThrow());
    private final FakeLinks links = new FakeLinks();
    private final TurningClock clock = new TurningClock();
    private final TestProbe<LinkEvent> sibling = KIT.createTestProbe();

    private record Inbound(Connection.WhenClosed whenClosed) implements LinkListener {

        @Override
        public void received(Link link, Message message) {}

        @Override
        public void writable(Link link, StreamClass stream) {}

        @Override
        public void closed(Link link, Disconnected reason) {
            whenClosed.closed(link, reason);
        }
    }

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private ActorRef<Connection.Command> start() {
        return KIT.spawn(Connection.create(new Connection.Parts(uplink, links,
                Redial.Pace.DEFAULT, clock, new Random(1), Inbound::new)));
    }

    private ActorRef<Connection.Command> startWithSibling() {
        var connection = start();
        connection.tell(new Connection.Attach(sibling.ref()));
        return connection;
    }

    private FakeLinks.Dial dial(int number) {
        eventually(() -> links.dials().size() > number);
        return links.dials().get(number);
    }

    private void passes(Duration time) {
        clock.turn(time);
        TIME.timePasses(time);
    }

    /// Lets time go by until the next dial begins; returns at most how long that took.
    private Duration untilDial(int number, Duration step) {
        var from = clock.instant();
        eventually(() -> {
            if (links.dials().size() <= number) {
                passes(step);
            }
            return links.dials().size() > number;
        });
        return Duration.between(from, clock.instant());
    }

    @Test
    void dialsAtOnceAndTellsItsSiblingsWhenALinkIsUp() {
        startWithSibling();

        var link = dial(0).comesThrough(node(1));

        sibling.expectMessage(new LinkEvent.Up(link));
        assertThat(uplink.link()).containsSame(link);
        assertThat(dial(0).address()).isEqualTo(uplink.address());
    }

    @Test
    void tellsASiblingThatComesLaterOfThePresentLink() {
        var connection = start();
        var link = dial(0).comesThrough(node(1));
        eventually(() -> uplink.link().isPresent());

        connection.tell(new Connection.Attach(sibling.ref()));

        sibling.expectMessage(new LinkEvent.Up(link));
    }

    @Test
    void keepsTheFirstOfTwoDialsAndClosesTheOther() {
        startWithSibling();
        dial(0);
        untilDial(1, SOON);

        var second = dial(1).comesThrough(node(1));
        sibling.expectMessage(new LinkEvent.Up(second));
        var first = dial(0).comesThrough(node(1));

        eventually(first::isClosed);
        assertThat(first.closeCode()).isEqualTo("superseded");
        assertThat(uplink.link()).containsSame(second);
        sibling.expectNoMessage(Duration.ZERO);
    }

    @Test
    void dialsAgainAfterALoss() {
        startWithSibling();
        var lost = dial(0).comesThrough(node(1));
        sibling.expectMessage(new LinkEvent.Up(lost));

        lost.isLost();
        sibling.expectMessage(new LinkEvent.Down(lost));
        assertThat(uplink.link()).isEmpty();
        untilDial(1, SOON);
        var again = dial(1).comesThrough(node(1));

        sibling.expectMessage(new LinkEvent.Up(again));
    }

    @Test
    void dialsAgainWhenALinkHadClosedBeforeItWasHeardOf() {
        startWithSibling();
        var stillborn = dial(0).link(node(1));
        stillborn.isLost();
        dial(0).comesThrough(stillborn);

        untilDial(1, SOON);
        var link = dial(1).comesThrough(node(1));

        sibling.expectMessage(new LinkEvent.Up(link));
        assertThat(uplink.link()).containsSame(link);
    }

    @Test
    void dialsAgainAfterAFailureSoonAndAfterARefusalMuchLater() {
        startWithSibling();

        dial(0).fails();
        var afterFailure = untilDial(1, SOON);
        dial(1).isRefused("realm_mismatch");
        eventually(() -> uplink.firstContact().toCompletableFuture().isDone());
        var afterRefusal = untilDial(2, Duration.ofSeconds(1));

        assertThat(afterFailure).isLessThan(Duration.ofSeconds(10));
        assertThat(afterRefusal).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(uplink.firstContact().toCompletableFuture().join())
                .isInstanceOf(Uplink.Contact.Refused.class);
    }

    @Test
    void closesItsLinkWhenItStops() {
        var connection = startWithSibling();
        var link = dial(0).comesThrough(node(1));
        sibling.expectMessage(new LinkEvent.Up(link));

        KIT.stop(connection);

        eventually(link::isClosed);
        assertThat(link.closeCode()).isEqualTo("normal");
        assertThat(uplink.link()).isEmpty();
    }

    @Test
    void closesTheLinkThatAKilledIncarnationCouldNotClose() {
        startWithSibling();
        var left = dial(0).comesThrough(node(1));
        sibling.expectMessage(new LinkEvent.Up(left));

        start();

        eventually(left::isClosed);
        assertThat(left.closeCode()).isEqualTo("restarted");
        dial(1);
    }

    @Test
    void closesALinkThatComesThroughForAnIncarnationThatIsOver() {
        var connection = start();
        var dial = dial(0);
        KIT.stop(connection);

        var late = dial.comesThrough(node(1));

        eventually(late::isClosed);
        assertThat(uplink.link()).isEmpty();
    }

    @Test
    void forgetsASiblingThatHasEnded() {
        var connection = startWithSibling();
        sibling.stop();
        var restarted = KIT.<LinkEvent>createTestProbe();
        connection.tell(new Connection.Attach(restarted.ref()));

        FakeLink link = dial(0).comesThrough(node(1));

        restarted.expectMessage(new LinkEvent.Up(link));
    }
}
