package io.macula.actors.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.actors.link.Links.Dialled;
import io.macula.actors.link.TestNode.Plan;
import io.macula.actors.wire.Message;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuicLinksDialTest extends QuicLinksSetting {

    @Test
    void ofNobodyIsUnreachable() {
        assertThat(dial(node(new Plan()), TestNode.at(1))).isInstanceOfSatisfying(
                Dialled.Unreachable.class,
                unreachable -> assertThat(unreachable.message()).contains("nobody listens"));
    }

    @Test
    void ofAnUnknownHostIsUnreachable() {
        assertThat(dial(node(new Plan()), new PeerAddress(null, "no.such.host.invalid", 1)))
                .isInstanceOf(Dialled.Unreachable.class);
    }

    @Test
    void thatAnotherOneHasOvertakenIsGivenUpAndLetInNowhere() {
        var gateway = node(new Plan());
        var port = gateway.listen();
        var overtaken = new LinkListener() {
            @Override
            public boolean mayProve() {
                return false;
            }

            @Override
            public void received(Link link, Message message) {}

            @Override
            public void writable(Link link, StreamClass stream) {}

            @Override
            public void closed(Link link, Disconnected reason) {}
        };

        assertThat(finished(node(new Plan()).links.dial(TestNode.at(port), overtaken)))
                .isInstanceOfSatisfying(Dialled.Unreachable.class,
                        given -> assertThat(given.message()).contains("come further"));
        assertThat(gateway.accepted).as("links at the listener").isEmpty();
    }

    @Test
    void thatNobodyAnswersEndsAfterTheHandshakeTimeout() {
        var port = node(new Plan()).listen();
        network.drop(_ -> true);
        var config = LinkConfig.DEFAULT.withTimeouts(Duration.ofSeconds(1),
                Duration.ofMillis(50));

        assertThat(dial(node(withConfig(config)), TestNode.at(port))).isInstanceOfSatisfying(
                Dialled.Unreachable.class,
                unreachable -> assertThat(unreachable.message()).contains("in time"));
    }

    @Test
    void thatBreaksDuringTheHandshakeIsUnreachable() {
        var port = node(new Plan()).listen();
        var dial = node(new Plan()).links.dial(TestNode.at(port), heard);
        await().until(() -> !network.connections().isEmpty());

        network.cutAll();

        assertThat(finished(dial)).isInstanceOf(Dialled.Unreachable.class);
        assertThat(heard.closed).isEmpty();
    }

    @Test
    void byAClosedNodeIsUnreachable() {
        var anna = node(new Plan());
        anna.close();

        assertThat(dial(anna, TestNode.at(1))).isInstanceOf(Dialled.Unreachable.class);
    }
}
