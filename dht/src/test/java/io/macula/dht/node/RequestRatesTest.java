package io.macula.dht.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macula.dht.Contact;
import io.macula.dht.Contacts;
import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestRatesTest {

    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final Random random = new Random(1);
    private final RequestRates rates = new RequestRates(new RequestLimits(10, WINDOW, 4));
    private final Contact flooder = Contacts.any(random);

    @Test
    void letEverySourceHaveItsShare() {
        assertThat(allowed(flooder, 10)).isEqualTo(10);
    }

    @Test
    void stopAFloodAtTwiceTheShareAndNobodyElse() {
        assertThat(allowed(flooder, 1000)).isBetween(10, 20);

        assertThat(allowed(Contacts.any(random), 10)).isEqualTo(10);
    }

    @Test
    void countAnewInTheNextWindow() {
        allowed(flooder, 1000);

        assertThat(rates.allows(flooder, WINDOW.toMillis() - 1)).isFalse();
        assertThat(rates.allows(flooder, WINDOW.toMillis())).isTrue();
    }

    @Test
    void takeManyIdsAtOnePublicAddressForOneSource() {
        var sum = 0;
        for (var i = 0; i < 100; i++) {
            sum += allowed(Contacts.at(NodeId.random(random), "20.1.2.3"), 10);
        }

        assertThat(sum).isBetween(10, 20);
    }

    @Test
    void tellNodesApartThatShareAPrivateAddress() {
        allowed(Contacts.at(NodeId.random(random), "10.0.0.1"), 1000);

        assertThat(allowed(Contacts.at(NodeId.random(random), "10.0.0.1"), 10)).isEqualTo(10);
    }

    @Test
    void remainBoundedWhenAFloodComesFromEverywhere() {
        var sum = 0;
        for (var i = 0; i < 1000; i++) {
            sum += allowed(Contacts.any(random), 10);
        }

        assertThat(sum).as("10 uncounted, 4 sources apart, the others together").isEqualTo(60);
    }

    @Test
    void refuseLimitsThatMakeNoSense() {
        assertThatThrownBy(() -> new RequestLimits(0, WINDOW, 1))
                .hasMessageContaining("at least one request");
        assertThatThrownBy(() -> new RequestLimits(1, Duration.ZERO, 1))
                .hasMessageContaining("1 ms");
    }

    @Test
    void makeANodeSayThatItIsBusyInsteadOfAnswering() {
        var limits = new RequestLimits(1, WINDOW, 4);
        var node = new Kademlia(Contacts.any(random), Mesh.with(limits), _ -> true, 0, random);
        var ping = new Event.Asked(flooder, true, 7, new Message.Ping());
        node.on(ping, 0, random);
        node.on(ping, 0, random);

        var effects = node.on(ping, 0, random);

        assertThat(effects).containsExactly(new Effect.Answer(flooder, 7, new Message.Busy()));
    }

    @Test
    void makeALookupGoElsewhereWithoutTakingTheBusyNodeForDead() {
        var node = new Kademlia(Contacts.any(random), NodeConfig.DEFAULT, _ -> true, 0, random);
        node.on(new Event.Heard(flooder), 0, random);
        node.on(new Event.Find(1, flooder.id(), 1), 0, random);

        var effects = node.on(new Event.Answered(flooder, 0, new Message.Busy()), 5, random);

        assertThat(effects).singleElement()
                .satisfies(
                        done -> assertThat(((Effect.LookedUp) done).result().closest()).isEmpty());
        assertThat(node.table().entries()).singleElement()
                .satisfies(entry -> assertThat(entry.failures()).isZero());
    }

    private int allowed(Contact from, int requests) {
        var count = 0;
        for (var i = 0; i < requests; i++) {
            count += rates.allows(from, 0) ? 1 : 0;
        }
        return count;
    }
}
