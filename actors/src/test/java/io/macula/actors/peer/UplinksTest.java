package io.macula.actors.peer;

import static io.macula.actors.link.fake.Eventually.eventually;
import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.Disconnected;
import io.macula.actors.link.PeerAddress;
import io.macula.actors.link.fake.FakeLink;
import org.junit.jupiter.api.Test;

class UplinksTest {

    private final Uplinks uplinks = new Uplinks(2);

    private static PeerAddress address(String text) {
        return PeerAddress.parse(text).orElseThrow();
    }

    @Test
    void wantsAPeerOnceAndNoMorePeersThanItMay() {
        var first = uplinks.want(address("10.0.0.1:9443"));

        assertThat(uplinks.want(address("10.0.0.1:9443"))).isEqualTo(first);
        assertThat(uplinks.want(address("10.0.0.2:9443"))).isPresent();
        assertThat(uplinks.want(address("10.0.0.3:9443"))).isEmpty();
        assertThat(uplinks.all()).hasSize(2);
    }

    @Test
    void doesNotExpectTwoIdsAtOnePlace() {
        uplinks.want(address("10.0.0.1:9443"));

        assertThat(uplinks.want(address("macula://" + node(1).hex() + "@10.0.0.1:9443")))
                .isEmpty();
    }

    @Test
    void namesTheLinksThatAreUp() {
        var first = uplinks.want(address("10.0.0.1:9443")).orElseThrow();
        uplinks.want(address("10.0.0.2:9443"));
        var link = new FakeLink(node(1));

        first.up(link);
        assertThat(uplinks.up()).containsExactly(link);
        first.down();

        assertThat(uplinks.up()).isEmpty();
    }

    @Test
    void remembersTheFirstAnswerOfAPeer() {
        var uplink = uplinks.want(address("10.0.0.1:9443")).orElseThrow();
        var refused = new Disconnected("realm_mismatch", "another realm");

        uplink.refused(refused);
        eventually(() -> uplink.firstContact().toCompletableFuture().isDone());
        uplink.up(new FakeLink(node(1)));

        assertThat(uplink.firstContact().toCompletableFuture())
                .isCompletedWithValue(new Uplink.Contact.Refused(refused));
    }
}
