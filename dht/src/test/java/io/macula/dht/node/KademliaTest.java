package io.macula.dht.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.dht.Contact;
import io.macula.dht.Contacts;
import io.macula.dht.NodeId;
import io.macula.dht.record.Bytes;
import io.macula.dht.record.SignedRecord;
import io.macula.dht.record.SignedRecord.Kind;
import io.macula.dht.store.Verdict;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KademliaTest {

    private static final long HOUR = 3_600_000;
    private static final NodeId KEY = NodeId.hashOf(new byte[]{3});

    private final Mesh mesh = new Mesh();
    private final List<Contact> contacts = Contacts.many(60, 4);
    private final Kademlia first = mesh.add(contacts.getFirst());

    @Test
    void joinsThroughAnyOfSeveralSeeds() {
        var dead = contacts.get(50);
        var node = mesh.add(contacts.get(1));

        mesh.tell(node, new Event.Join(5, List.of(dead, first.self())));
        mesh.pass(5000);

        assertThat(mesh.outcomes(Effect.Joined.class)).containsExactly(new Effect.Joined(5, 1));
        assertThat(first.table().entries()).extracting(entry -> entry.contact())
                .containsExactly(node.self());
    }

    @Test
    void saysSoWhenNoSeedAnswers() {
        mesh.tell(first, new Event.Join(6, List.of(contacts.get(50), contacts.get(51))));
        mesh.pass(5000);

        assertThat(mesh.outcomes(Effect.Joined.class)).containsExactly(new Effect.Joined(6, 0));
    }

    @Test
    void findsTheTrulyNearestNodes() {
        join(40);

        mesh.tell(first, new Event.Find(7, KEY, 1));

        var result = mesh.outcomes(Effect.LookedUp.class).getLast().result();
        var expected = Contacts.byDistance(KEY, contacts.subList(1, 40)).subList(0, 20);
        assertThat(result.closest()).isEqualTo(expected);
    }

    @Test
    void storesAValueAtTheNearestTwentyAndFindsItFromAnywhere() {
        join(40);
        var signed = Mesh.value(KEY, 1, HOUR);

        mesh.tell(first, new Event.Publish(8, signed, 1));
        mesh.nodes.values().forEach(node -> mesh.tell(node, new Event.FindValueOf(9, KEY, 1)));

        assertThat(mesh.outcomes(Effect.Published.class).getFirst().health().acknowledged())
                .isEqualTo(20);
        assertThat(holders())
                .isEqualTo(Contacts.byDistance(KEY, contacts.subList(0, 40)).subList(0, 20));
        assertThat(mesh.outcomes(Effect.LookedUp.class)).hasSize(40)
                .allSatisfy(found -> assertThat(found.result().records()).containsExactly(signed));
    }

    @Test
    void stillFindsAValueWhenHalfTheNodesAreGone() {
        join(40);
        mesh.tell(first, new Event.Publish(8, Mesh.value(KEY, 1, HOUR), 1));
        for (var i = 1; i < 40; i += 2) {
            mesh.nodes.remove(contacts.get(i).id());
        }

        mesh.nodes.values().forEach(node -> mesh.tell(node, new Event.FindValueOf(9, KEY, 1)));
        mesh.pass(20_000);

        assertThat(mesh.outcomes(Effect.LookedUp.class)).hasSize(20)
                .allMatch(found -> found.result().isFound());
    }

    @Test
    void leavesACopyAtTheNearestNodeThatHadNoneForHalfTheTimePerBitItIsFarther() {
        var holder = Contacts.sharing(KEY, 3, 1, 1).getFirst();
        var empty = Contacts.sharing(KEY, 2, 1, 2).getFirst();
        List.of(holder, empty).forEach(contact -> {
            mesh.add(contact);
            mesh.tell(first, new Event.Heard(contact));
        });
        var signed = Mesh.value(KEY, 1, HOUR);
        mesh.give(mesh.at(holder), first.self(), signed);
        mesh.drop = (to, effect) -> mesh.dropped == 0 && to.equals(holder)
                && effect instanceof Effect.Send;

        mesh.tell(first, new Event.FindValueOf(9, KEY, 1));
        mesh.pass(1000);

        assertThat(lastFound()).containsExactly(signed);
        assertThat(mesh.at(empty).store().valueOf(KEY, mesh.now)).contains(signed);
        assertThat(mesh.at(empty).store().isHolder(KEY, mesh.now)).isFalse();
        mesh.pass(150_000);
        assertThat(mesh.at(empty).store().valueOf(KEY, mesh.now)).isEmpty();
    }

    @Test
    void saysThatNobodyHasAKey() {
        join(10);

        mesh.tell(first, new Event.FindValueOf(9, KEY, 1));

        assertThat(mesh.outcomes(Effect.LookedUp.class).getLast().result().isFound()).isFalse();
    }

    @Test
    void ignoresForgedForeignAndExpiredRecordsInAnswers() {
        join(3);
        var right = Mesh.value(KEY, 1, HOUR);
        var lies = List.of(right.withSignature(Bytes.of((byte) 1)),
                Mesh.value(NodeId.hashOf(new byte[]{4}), 1, HOUR),
                Mesh.value(KEY, 2, 0), Mesh.record(Kind.PROVIDER, KEY, 1, HOUR));
        var random = new Random(1);

        var asked = sends(first.on(new Event.FindValueOf(9, KEY, 1), mesh.now, random));
        assertThat(asked).hasSize(2);
        first.on(answer(asked.get(0), new Message.Found(lies, List.of())), mesh.now, random);
        var effects = first.on(answer(asked.get(1), new Message.Found(List.of(right), List.of())),
                mesh.now, random);

        assertThat(effects).filteredOn(Effect.LookedUp.class::isInstance)
                .singleElement()
                .satisfies(done -> assertThat(((Effect.LookedUp) done).result().records())
                        .containsExactly(right));
    }

    @Test
    void ignoresAnAnswerFromSomebodyElse() {
        join(3);
        var random = new Random(1);
        var asked = sends(first.on(new Event.FindValueOf(9, KEY, 1), mesh.now, random)).getFirst();
        var impostor = contacts.get(55);

        var effects = first.on(new Event.Answered(impostor, asked.number(),
                new Message.Found(List.of(Mesh.value(KEY, 1, HOUR)), List.of())), mesh.now, random);

        assertThat(effects).isEmpty();
        assertThat(first.requestsUnderWay()).isEqualTo(2);
    }

    @Test
    void treatsAnAnswerOfTheWrongKindAsAFailure() {
        join(3);
        var random = new Random(1);
        var asked = sends(first.on(new Event.Find(9, KEY, 1), mesh.now, random));

        first.on(answer(asked.get(0), new Message.Pong()), mesh.now, random);
        var effects = first.on(answer(asked.get(1), new Message.Stored(Verdict.STORED)), mesh.now,
                random);

        assertThat(effects).singleElement()
                .satisfies(
                        done -> assertThat(((Effect.LookedUp) done).result().closest()).isEmpty());
    }

    @Test
    void answersAClientButNeverHandsItOut() {
        join(3);
        var client = contacts.get(55);

        var effects = first.on(new Event.Asked(client, false, 1, new Message.Ping()), mesh.now,
                new Random(1));

        assertThat(effects).containsExactly(new Effect.Answer(client, 1, new Message.Pong()));
        assertThat(first.table().closest(client.id(), 20, null)).doesNotContain(client);
    }

    @Test
    void gathersProvidersAndForgetsThemAfterTheirTime() {
        join(30);
        var offer = Mesh.record(Kind.PROVIDER, KEY, 1, 300_000);
        mesh.tell(first, new Event.Publish(1, offer, 1));

        mesh.tell(mesh.at(contacts.get(9)), new Event.FindProvidersOf(2, KEY, 1));
        assertThat(lastFound()).containsExactly(offer);

        mesh.pass(300_000);
        mesh.tell(mesh.at(contacts.get(9)), new Event.FindProvidersOf(3, KEY, 1));
        assertThat(lastFound()).isEmpty();
    }

    @Test
    void hidesAProviderThatWithdrew() {
        join(30);
        mesh.tell(first, new Event.Publish(1, Mesh.record(Kind.PROVIDER, KEY, 1, 300_000), 1));
        var withdrawal = new SignedRecord(Kind.PROVIDER, KEY, NodeId.hashOf(new byte[]{9}),
                Bytes.EMPTY, 2, 300_000,
                Bytes.EMPTY, Bytes.EMPTY);

        mesh.tell(first, new Event.Publish(2, withdrawal, 1));
        mesh.tell(mesh.at(contacts.get(9)), new Event.FindProvidersOf(3, KEY, 1));

        assertThat(lastFound()).isEmpty();
    }

    @Test
    void saysGoodbyeSoThatNobodyHandsItOutAnyMore() {
        join(10);

        mesh.tell(first, new Event.Leave());

        assertThat(mesh.nodes.values()).filteredOn(node -> node != first)
                .allSatisfy(node -> assertThat(node.table().closest(first.self().id(), 20, null))
                        .doesNotContain(first.self()));
    }

    @Test
    void doesNothingOnATickBeforeItsTime() {
        join(10);
        var due = first.wakeAtMillis();

        assertThat(first.on(new Event.Tick(), due - 1, new Random(1))).isEmpty();
        assertThat(first.wakeAtMillis()).isEqualTo(due);
    }

    @Test
    void survivesAClockThatRunsBackwards() {
        join(10);
        mesh.pass(HOUR);

        var effects = first.on(new Event.Asked(contacts.get(1), true, 1, new Message.Ping()), 0,
                new Random(1));

        assertThat(effects)
                .containsExactly(new Effect.Answer(contacts.get(1), 1, new Message.Pong()));
    }

    private void join(int count) {
        for (var contact : contacts.subList(1, count)) {
            mesh.tell(mesh.add(contact), new Event.Join(0, List.of(first.self())));
        }
        mesh.outcomes.clear();
    }

    private List<Contact> holders() {
        var holders = contacts.stream()
                .filter(contact -> mesh.nodes.containsKey(contact.id()))
                .filter(contact -> mesh.at(contact).store().isHolder(KEY, mesh.now))
                .toList();
        return Contacts.byDistance(KEY, holders);
    }

    private List<SignedRecord> lastFound() {
        return mesh.outcomes(Effect.LookedUp.class).getLast().result().records();
    }

    private static List<Effect.Send> sends(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Send.class::isInstance)
                .map(Effect.Send.class::cast)
                .toList();
    }

    private static Event answer(Effect.Send sent, Message.Reply reply) {
        return new Event.Answered(sent.to(), sent.number(), reply);
    }
}
