package io.macula.dht.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.dht.Contact;
import io.macula.dht.Contacts;
import io.macula.dht.Endpoint;
import io.macula.dht.NodeId;
import io.macula.dht.record.SignedRecord;
import io.macula.dht.store.Verdict;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Only who was handed a token by a recent answer may store.
class StoreTokensTest {

    private static final long HOUR = 3_600_000;
    private static final long PERIOD = 300_000;
    private static final NodeId KEY = NodeId.hashOf(new byte[]{3});

    private final Mesh mesh = new Mesh();
    private final List<Contact> contacts = Contacts.many(3, 4);
    private final Kademlia node = mesh.add(contacts.getFirst());
    private final Contact asker = contacts.get(1);
    private final SignedRecord signed = Mesh.value(KEY, 1, HOUR);

    @Test
    void allowWhoAskedBeforeToStore() {
        assertThat(keep(asker, mesh.tokenOf(node, asker))).isEqualTo(Verdict.STORED);
        assertThat(node.store().valueOf(KEY, mesh.now)).contains(signed);
    }

    @Test
    void refuseWhoNeverAsked() {
        assertThat(keep(asker, 0)).isEqualTo(Verdict.NO_TOKEN);
        assertThat(keep(asker, mesh.tokenOf(node, asker) + 1)).isEqualTo(Verdict.NO_TOKEN);
        assertThat(node.store().keys()).isEmpty();
    }

    @Test
    void refuseTheTokenOfSomebodyElse() {
        var token = mesh.tokenOf(node, asker);

        assertThat(keep(contacts.get(2), token)).isEqualTo(Verdict.NO_TOKEN);
    }

    @Test
    void refuseTheTokenFromAnotherAddressButNotFromAnotherPort() {
        var token = mesh.tokenOf(node, asker);
        var elsewhere = Contacts.at(asker.id(), "10.9.9.9");
        var otherPort = new Contact(asker.id(), Endpoint.of(asker.endpoint().host(), 1));

        assertThat(keep(elsewhere, token)).isEqualTo(Verdict.NO_TOKEN);
        assertThat(keep(otherPort, token)).isEqualTo(Verdict.STORED);
    }

    @Test
    void holdForFiveMinutesAtLeastAndTenAtMost() {
        var token = mesh.tokenOf(node, asker);

        mesh.now += PERIOD;
        assertThat(keep(asker, token)).isEqualTo(Verdict.STORED);
        mesh.now += PERIOD;
        assertThat(keep(asker, token)).isEqualTo(Verdict.NO_TOKEN);
    }

    @Test
    void differFromNodeToNode() {
        var other = mesh.add(contacts.get(2));

        assertThat(mesh.tokenOf(node, asker)).isNotEqualTo(mesh.tokenOf(other, asker));
    }

    @Test
    void areNeededForCachedCopiesToo() {
        var answer = ask(asker, new Message.Keep(signed, 60_000, 5));

        assertThat(answer).isEqualTo(new Message.Stored(Verdict.NO_TOKEN));
    }

    private Verdict keep(Contact from, long token) {
        return switch (ask(from, new Message.Keep(signed, 0, token))) {
            case Message.Stored(var verdict) -> verdict;
            case Message.Reply other -> throw new AssertionError("not an answer: " + other);
        };
    }

    private Message.Reply ask(Contact from, Message.Request request) {
        var effects = node.on(new Event.Asked(from, true, 1, request), mesh.now, new Random(1));
        return switch (effects.getFirst()) {
            case Effect.Answer(_, _, var reply) -> reply;
            case Effect other -> throw new AssertionError("not an answer: " + other);
        };
    }
}
