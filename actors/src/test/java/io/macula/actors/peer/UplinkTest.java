package io.macula.actors.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.Disconnected;
import io.macula.actors.link.PeerAddress;
import io.macula.actors.link.fake.FakeLink;
import io.macula.dht.NodeId;
import org.junit.jupiter.api.Test;

class UplinkTest {

    private final Uplink uplink = new Uplink(new PeerAddress(null, "10.0.0.1", 9443));

    @Test
    void letsOneDialCompleteAtATime() {
        var first = new Object();
        var second = new Object();

        assertThat(uplink.claim(first)).isTrue();
        assertThat(uplink.claim(second)).as("while the first goes on").isFalse();

        uplink.release(second);
        assertThat(uplink.claim(second)).as("what one does not hold one cannot give up").isFalse();

        uplink.release(first);
        assertThat(uplink.claim(second)).isTrue();
    }

    @Test
    void remembersThatALinkWasUpAndNotThatOneWasRefused() {
        uplink.refused(new Disconnected("realm_mismatch", "two realms"));

        assertThat(uplink.firstContact().toCompletableFuture().join())
                .isInstanceOf(Uplink.Contact.Refused.class);
        assertThat(uplink.hasBeenUp()).isFalse();

        uplink.up(new FakeLink(NodeId.hashOf(new byte[]{1})));

        assertThat(uplink.hasBeenUp()).isTrue();
    }
}
