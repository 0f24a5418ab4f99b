package io.macula.actors.bootstrap;

import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.PeerAddress;
import io.macula.actors.link.fake.TurningClock;
import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

class BootstrapRegistryTest {

    private static final Duration TTL = Duration.ofMinutes(5);

    private final TurningClock clock = new TurningClock();
    private final BehaviorTestKit<BootstrapRegistry.Command> registry = BehaviorTestKit.create(
            BootstrapRegistry.create(clock, 3, TTL, Duration.ofSeconds(60)));

    private void seen(int number, String endpoint) {
        registry.run(new BootstrapRegistry.Seen(node(number), endpoint));
    }

    private List<NodeId> listed() {
        var inbox = TestInbox.<BootstrapRegistry.Listed>create();
        registry.run(new BootstrapRegistry.Listing(inbox.getRef()));
        return inbox.receiveMessage()
                .entries()
                .stream()
                .map(BootstrapRegistry.Entry::node)
                .toList();
    }

    private Optional<PeerAddress> whereIs(int number) {
        var inbox = TestInbox.<BootstrapRegistry.Endpoint>create();
        registry.run(new BootstrapRegistry.WhereIs(node(number), inbox.getRef()));
        return inbox.receiveMessage().address();
    }

    @Test
    void listsANodeUntilItWasNotSeenForTooLong() {
        seen(1, "10.0.0.1:9443");
        clock.turn(TTL.minusSeconds(1));
        assertThat(listed()).containsExactly(node(1));

        clock.turn(Duration.ofSeconds(1));

        assertThat(listed()).isEmpty();
        assertThat(whereIs(1)).isEmpty();
    }

    @Test
    void listsANodeLongerThatIsSeenAgain() {
        seen(1, "10.0.0.1:9443");
        clock.turn(Duration.ofSeconds(200));
        seen(1, "10.0.0.1:9444");
        clock.turn(Duration.ofSeconds(200));

        assertThat(whereIs(1)).map(PeerAddress::port).contains(9444);
    }

    @Test
    void forgetsTheOneSeenLongestAgoWhenThereAreTooMany() {
        seen(1, "");
        seen(2, "");
        seen(3, "");
        seen(1, "");
        seen(4, "");

        assertThat(listed()).containsExactly(node(3), node(1), node(4));
    }

    @Test
    void insistsOnTheIdOfTheNodeWhateverItsEndpointSays() {
        seen(1, "macula://" + node(9).hex() + "@10.0.0.1:9443");

        assertThat(whereIs(1)).contains(new PeerAddress(node(1), "10.0.0.1", 9443));
    }

    @Test
    void knowsNoAddressOfANodeThatDoesNotListenOrTalksNonsense() {
        seen(1, "");
        seen(2, "not an address :-)");

        assertThat(whereIs(1)).isEmpty();
        assertThat(whereIs(2)).isEmpty();
        assertThat(whereIs(3)).isEmpty();
    }
}
