package io.macula.actors.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.actors.identity.Realm;
import io.macula.actors.link.Links.Dialled;
import io.macula.actors.link.TestNode.Plan;
import io.macula.actors.wire.FrameCodec;
import io.macula.actors.wire.MessageType;
import io.macula.dht.NodeId;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class QuicLinksRefuseTest extends QuicLinksSetting {

    @Test
    void aPeerOfAnotherRealm() {
        var bert = node(new Plan());
        var stranger = node(inRealm(Realm.open("elsewhere")));

        assertThat(refusal(stranger, bert.listen())).isEqualTo("realm_mismatch");
        assertThat(bert.accepted).isEmpty();
    }

    @Test
    void aPeerWithAnotherSecret() {
        var bert = node(inRealm(closed("the secret of this realm")));
        var stranger = node(inRealm(closed("the secret of another realm")));

        assertThat(refusal(stranger, bert.listen())).isEqualTo("realm_secret_wrong");
        assertThat(bert.accepted).isEmpty();
    }

    @Test
    void whomItsAcceptorRefuses() {
        var bert = node(new Plan());
        var port = bert.listen();
        bert.refuses = new Disconnected("limit_reached", "No more clients.");

        assertThat(dial(node(new Plan()), TestNode.at(port))).isEqualTo(
                new Dialled.Refused(new Disconnected("limit_reached", "No more clients.")));
    }

    @Test
    void everybodyWhileItsAcceptorFails() {
        var bert = node(new Plan());
        var local = new InetSocketAddress("127.0.0.1", 0);
        var bound = (Links.Bound.Listening) TestNode.join(bert.links.listen(local, _ -> {
            throw new IllegalStateException("a bug of the acceptor");
        }));

        assertThat(refusal(node(new Plan()), bound.local().getPort()))
                .isEqualTo("internal_error");
    }

    @Test
    void anotherIdThanTheAddressNames() {
        var port = node(new Plan()).listen();
        var address = new PeerAddress(NodeId.hashOf(new byte[]{1}), "127.0.0.1", port);

        assertThat(dial(node(new Plan()), address)).isInstanceOfSatisfying(
                Dialled.Refused.class,
                refused -> assertThat(refused.reason().code())
                        .isEqualTo("identity_unexpected"));
    }

    @Test
    void toDialItself() {
        var bert = node(new Plan());

        assertThat(refusal(bert, bert.listen())).isEqualTo("self_dial");
    }

    @Test
    void whoComesBeyondTheBoundOfItsLinks() {
        var bert = node(withConfig(LinkConfig.DEFAULT.withListenerBounds(10, 1, 500)));
        var port = bert.listen();
        dialUp(node(new Plan()), port);

        assertThat(refusal(node(new Plan()), port)).isEqualTo("limit_reached");
    }

    @Test
    void whoComesBeyondTheBoundOfUnfinishedHandshakes() {
        var bert = node(withConfig(LinkConfig.DEFAULT.withListenerBounds(1, 10, 500)));
        var port = bert.listen();
        connectSilently(port);

        assertThat(refusal(node(new Plan()), port)).isEqualTo("limit_reached");
    }

    @Test
    void bytesOnOtherStreamsBeforeTheLinkIsAccepted() {
        var bert = node(new Plan());
        var port = bert.listen();
        connectSilently(port);

        network.connections().getFirst().inject(8, FrameCodec.filler());
        network.run();

        awaitOverNetwork(() -> network.connections().getFirst().hasEnded());
        assertThat(bert.accepted).isEmpty();
    }

    @Test
    void aPublishInsteadOfAHandshake() {
        var bert = node(new Plan());
        var port = bert.listen();
        connectSilently(port);

        network.connections().getFirst().inject(0, FrameCodec.encode(publish("t", "hello")));
        network.run();

        awaitOverNetwork(() -> network.connections().getFirst().hasEnded());
        assertThat(bert.counters.snapshot().framesOut())
                .containsOnlyKeys(MessageType.DISCONNECT);
    }

    @Test
    void aListenerWhoseCertificateIsNotTheOneOfTheSession() {
        var bert = node(new Plan());
        var port = bert.listen();
        var dial = node(new Plan()).links.dial(TestNode.at(port), heard);
        await().until(() -> !network.connections().isEmpty());
        network.connections().getLast().forgeCertificate();

        assertThat(finished(dial)).isInstanceOfSatisfying(Dialled.Refused.class,
                refused -> assertThat(refused.reason().code()).isEqualTo("identity_invalid"));
    }

    @Test
    void toServeAnOpenRealmToTheWorld() {
        var bert = node(new Plan());
        var world = new InetSocketAddress("0.0.0.0", 0);

        assertThat(TestNode.join(bert.links.listen(world, _ -> {
            throw new AssertionError("nobody dials");
        }))).isInstanceOfSatisfying(Links.Bound.Failed.class,
                failed -> assertThat(failed.message()).contains("is open", "loopback"));
    }

    @Test
    void aPortThatIsTaken() {
        var port = node(new Plan()).listen();

        assertThat(node(new Plan()).listen(port)).isInstanceOfSatisfying(
                Links.Bound.Failed.class,
                failed -> assertThat(failed.message()).contains("in use"));
    }
}
