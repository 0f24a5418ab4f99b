package io.macula.actors.mesh;

import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.FindNode;
import io.macula.actors.wire.Ping;
import io.macula.dht.Contact;
import io.macula.dht.Endpoint;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DhtLinksTest {

    private static final FindNode QUESTION = FindNode.of(Bytes.utf8("id")).withKind("nodes");

    private final MeshRig rig = new MeshRig();
    private final DhtLinks links = new DhtLinks(rig.mesh(), rig.dht().discovery());
    private final AtomicInteger undeliverable = new AtomicInteger();

    private static Contact contact(int number) {
        return new Contact(node(number), Endpoint.of("10.0.0." + number, 9443));
    }

    private void send(int number) {
        links.send(contact(number), QUESTION, undeliverable::incrementAndGet);
    }

    @Test
    void takesTheFramesOfTheDhtFromNodesThatListen() {
        var link = rig.neighbour(9);

        assertThat(links.received(link, QUESTION)).isTrue();
        assertThat(links.received(link, new Ping(1))).isFalse();
        assertThat(links.received(link, FindNode.of(Bytes.utf8("id"))))
                .as("a question to a bootstrap server")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\t:1", " ", "host:0", "\u2003"})
    void leavesTheQuestionsOfAPeerThatListensNowhereToItsGateway(String endpoint) {
        var link = new FakeLink(node(9)).listeningAt(endpoint);

        assertThat(links.received(link, QUESTION)).isFalse();
        links.linked(link);
    }

    @Test
    void namesItsNeighboursWithWhereTheyListen() {
        rig.neighbour(9);
        rig.neighbour(9);
        rig.neighbour(8);

        assertThat(links.linked()).containsExactlyInAnyOrder(contact(8), contact(9));
    }

    @Test
    void sendsOverALinkThereIsAndSaysWhenItDoesNotTakeTheFrame() {
        var link = rig.neighbour(9);

        send(9);
        assertThat(link.sent()).containsExactly(QUESTION);
        assertThat(undeliverable).hasValue(0);
        link.setFull(true);
        send(9);

        assertThat(undeliverable).hasValue(1);
    }

    @Test
    void hasAContactDialledWhereTheDhtSaysThatItListens() {
        send(9);

        assertThat(rig.mesh().addresses().of(node(9))).extracting("host")
                .containsExactly("10.0.0.9");
        var forward = (MeshLinks.Forward) rig.dials().getFirst();
        assertThat(forward.destination()).isEqualTo(node(9));
        forward.parcel().isLost();
        assertThat(undeliverable).hasValue(1);
    }

    @Test
    void doesNotLetAContactOfAnotherNodeReplaceWhatANodeSaysItself() {
        rig.mesh().learn(MeshRig.provider(9));

        for (var number = 0; number < 10; number++) {
            links.send(new Contact(node(9), Endpoint.of("false-" + number, 1)), QUESTION, () -> {});
        }

        assertThat(rig.mesh().addresses().of(node(9))).first()
                .extracting("host")
                .isEqualTo("10.0.0.9");
    }
}
