package io.macula.dht.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.dht.Contact;
import io.macula.dht.Contacts;
import io.macula.dht.NodeId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The rules that measurements with thousands of nodes taught, each as seen from one node.
class MeasuredRulesTest {

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final NodeId KEY = NodeId.hashOf(new byte[]{3});
    private static final NodeConfig CONFIG = NodeConfig.DEFAULT;

    private final Mesh mesh = new Mesh();
    private final Contact self = Contacts.many(1, 4).getFirst();
    private final Kademlia node = mesh.add(self);
    private final List<Contact> far = Contacts.sharing(self.id(), 0, 22, 5);

    @Test
    void oneLostPacketNeverEvictsAndIsNotEvenAFailure() {
        var peer = heard(far.getFirst());
        mesh.drop = (_, effect) -> mesh.dropped == 0 && effect instanceof Effect.Send;

        mesh.tell(node, new Event.Find(1, KEY, 1));
        mesh.pass(3000);

        assertThat(mesh.dropped).isEqualTo(1);
        assertThat(mesh.outcomes(Effect.LookedUp.class).getFirst().result().closest())
                .containsExactly(peer);
        assertThat(mesh.outcomes(Effect.LookedUp.class).getFirst().result().requests())
                .isEqualTo(2);
        assertThat(failuresOf(peer)).isZero();
    }

    @Test
    void onlyTheHardTimeOutCountsAsAFailure() {
        var peer = heard(far.getFirst());
        mesh.drop = (to, _) -> to.equals(peer);
        mesh.tell(node, new Event.Find(1, KEY, 1));

        mesh.pass(CONFIG.softMax().toMillis() + 1);
        assertThat(failuresOf(peer)).isZero();

        mesh.pass(CONFIG.hard().toMillis());
        assertThat(failuresOf(peer)).isEqualTo(1);
    }

    @Test
    void aContactWithAnOpenFailureIsNotHandedOutUntilItIsHeardAgain() {
        var peer = heard(far.getFirst());
        mesh.drop = (to, _) -> to.equals(peer);
        mesh.tell(node, new Event.Find(1, KEY, 1));
        mesh.pass(CONFIG.hard().toMillis());
        assertThat(handedOut()).doesNotContain(peer);

        mesh.drop = (_, _) -> false;
        mesh.pass(CONFIG.confirmAfter().toMillis());

        assertThat(handedOut()).as("the confirming ping cleared it").contains(peer);
    }

    @Test
    void aDeadContactIsFlaggedButStaysWhileNobodyReplacesIt() {
        var peer = heard(far.getFirst());
        mesh.nodes.remove(peer.id());

        mesh.tell(node, new Event.Find(1, KEY, 1));
        mesh.pass(HOUR);

        assertThat(failuresOf(peer)).isGreaterThanOrEqualTo(CONFIG.table().deadAfter());
        assertThat(handedOut()).doesNotContain(peer);
    }

    @Test
    void aFullBucketPingsItsOldestAndReplacesItOnlyWhenItStaysSilent() {
        fillBucketZero();
        var oldest = far.get(0);
        mesh.nodes.remove(oldest.id());
        mesh.drop = (to, _) -> !to.equals(oldest);
        mesh.now += 2 * HOUR;

        mesh.tell(node, new Event.Heard(far.get(20)));
        assertThat(known()).contains(oldest).doesNotContain(far.get(20));
        mesh.pass(CONFIG.hard().toMillis());
        assertThat(known()).as("one failure is not enough").contains(oldest);
        mesh.pass(CONFIG.confirmAfter().plus(CONFIG.hard()).toMillis());

        assertThat(known()).contains(far.get(20)).doesNotContain(oldest);
    }

    @Test
    void aFullBucketKeepsItsOldestWhenItAnswers() {
        fillBucketZero();
        mesh.now += 2 * HOUR;

        mesh.tell(node, new Event.Heard(far.get(20)));
        mesh.pass(MINUTE);

        assertThat(known()).contains(far.get(0)).doesNotContain(far.get(20));
    }

    @Test
    void aSoftTimeOutFreesASlotForTheNextContact() {
        far.subList(0, 5).forEach(this::heard);
        mesh.drop = (_, effect) -> effect instanceof Effect.Send;
        mesh.tell(node, new Event.Find(1, KEY, 1));
        assertThat(node.requestsUnderWay()).isEqualTo(3);

        mesh.pass(CONFIG.softMax().toMillis() + 1);

        assertThat(node.requestsUnderWay()).isEqualTo(5);
    }

    @Test
    void silentContactsAreCheckedMoreOftenTheMoreOfThemDie() {
        var calm = millisUntilCheck(0);
        var stormy = millisUntilCheck(15);

        assertThat(calm).isGreaterThan(10 * MINUTE);
        assertThat(stormy).isLessThan(calm / 2);
    }

    @Test
    void anAnswerToACheckIntroducesNeighboursItDidNotKnow() {
        var peer = mesh.at(heard(far.getFirst()));
        var neighbour = mesh.add(Contacts.sharing(self.id(), 12, 1, 1).getFirst());
        mesh.tell(peer, new Event.Heard(neighbour.self()));

        mesh.pass(2 * HOUR);

        assertThat(known()).contains(neighbour.self());
    }

    @Test
    void holdersRepublishSoThatAValueOutlivesThoseWhoHeldItFirst() {
        var contacts = Contacts.many(60, 8);
        contacts.subList(0, 30).forEach(this::join);
        mesh.tell(node, new Event.Publish(1, Mesh.value(KEY, 1, 24 * HOUR), 1));
        contacts.subList(30, 60).forEach(this::join);
        mesh.pass(2 * HOUR);

        contacts.subList(0, 30).forEach(contact -> mesh.nodes.remove(contact.id()));
        mesh.tell(node, new Event.FindValueOf(2, KEY, 1));
        mesh.pass(MINUTE);

        assertThat(mesh.outcomes(Effect.LookedUp.class).getLast().result().isFound()).isTrue();
    }

    /// How long until a node checks a contact it has just heard, after `dying` others fell silent.
    private long millisUntilCheck(int dying) {
        var watcher = new Kademlia(self, CONFIG, _ -> true, 0, new Random(1));
        var random = new Random(2);
        Contacts.sharing(self.id(), 5, dying, 3)
                .forEach(peer -> watcher.on(new Event.Heard(peer), 0, random));
        watcher.on(new Event.Find(1, KEY, 1), MINUTE, random);
        var now = MINUTE;
        while (now < 10 * MINUTE) {
            now = Math.max(now + 1, watcher.wakeAtMillis());
            watcher.on(new Event.Tick(), now, random);
        }
        var survivor = Contacts.sharing(self.id(), 7, 1, 4).getFirst();
        var heardAt = now;
        watcher.on(new Event.Heard(survivor), now, random);
        while (now < 10 * HOUR) {
            now = Math.max(now + 1, watcher.wakeAtMillis());
            for (var effect : watcher.on(new Event.Tick(), now, random)) {
                if (effect instanceof Effect.Send(var to, _, _) && to.equals(survivor)) {
                    return now - heardAt;
                }
            }
        }
        throw new AssertionError("never checked");
    }

    private void fillBucketZero() {
        Contacts.sharing(self.id(), 2, 60, 9).forEach(this::heard);
        for (var contact : far.subList(0, 20)) {
            mesh.now += 1000;
            heard(contact);
        }
        mesh.add(far.get(20));
    }

    private Contact heard(Contact contact) {
        mesh.add(contact);
        mesh.tell(node, new Event.Heard(contact));
        return contact;
    }

    private void join(Contact contact) {
        mesh.tell(mesh.add(contact), new Event.Join(0, List.of(self)));
    }

    private int failuresOf(Contact contact) {
        return node.table()
                .entries()
                .stream()
                .filter(entry -> entry.contact().equals(contact))
                .findFirst()
                .orElseThrow()
                .failures();
    }

    private List<Contact> known() {
        return node.table().entries().stream().map(entry -> entry.contact()).toList();
    }

    private List<Contact> handedOut() {
        var asker = Contacts.any(new Random(77));
        var effects = node.on(new Event.Asked(asker, false, 1, new Message.FindNode(KEY)), mesh.now,
                new Random(1));
        return switch (effects.getFirst()) {
            case Effect.Answer(_, _, Message.Nodes(var contacts, _)) -> contacts;
            case Effect other -> throw new AssertionError("not an answer: " + other);
        };
    }
}
