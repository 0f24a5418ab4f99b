package io.macula.actors.dht;

import static io.macula.actors.dht.DhtNet.await;
import static io.macula.actors.link.fake.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.wire.Bytes;
import io.macula.dht.NodeId;
import io.macula.dht.lookup.Goal;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RoutingNetTest {

    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final RealmKey ADD = RealmKey.procedure(DhtNet.REALM, "add");
    private static final RealmKey NAME = RealmKey.value(DhtNet.REALM, "name");

    private final DhtNet net = new DhtNet(KIT);

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void thirtyNodesFindAProviderFromWhereverTheyLook() {
        var nodes = net.nodes(30);

        var health = await(nodes.get(7).discovery().advertise(ADD));

        assertThat(health.acknowledged()).isGreaterThanOrEqualTo(18);
        assertThat(nodes).allSatisfy(
                node -> assertThat(node.whoProvides(ADD)).containsExactly(nodes.get(7).id()));
    }

    @Test
    void halfTheNodesMayGoWithoutARecordBeingLost() {
        var nodes = net.nodes(30);
        await(nodes.get(1).discovery().advertise(ADD));
        await(nodes.get(2).discovery().put(NAME, Bytes.utf8("macula"), Duration.ofHours(1)));

        nodes.subList(15, 30).forEach(DhtNet.DhtNode::die);

        assertThat(nodes.subList(0, 15)).allSatisfy(node -> {
            assertThat(node.whoProvides(ADD)).containsExactly(nodes.get(1).id());
            var found = await(node.discovery().find(Goal.VALUE, NAME.id(), 1));
            assertThat(Discovery.kept(found)).hasValueSatisfying(
                    kept -> assertThat(kept.value()).isEqualTo(Bytes.utf8("macula")));
        });
    }

    @Test
    void joinsThroughWhicheverSeedAnswers() {
        var nodes = net.nodes(5);
        nodes.get(1).die();
        nodes.get(2).die();
        var stranger = net.node(99);
        stranger.die();

        var late = net.node(5).joinThrough(stranger, nodes.get(1), nodes.get(2), nodes.get(3));

        eventually(() -> late.table().contacts().size() >= 2);
        await(nodes.get(4).discovery().advertise(ADD));
        assertThat(late.whoProvides(ADD)).containsExactly(nodes.get(4).id());
    }

    @Test
    void saysThatNoSeedAnswered() {
        var dead = net.node(1);
        dead.die();

        var joined = net.node(2).discovery().join(List.of(dead.contact()));

        assertThat(await(joined)).isZero();
    }

    @Test
    void forgetsAProviderThatWithdraws() {
        var nodes = net.nodes(6);
        await(nodes.get(1).discovery().advertise(ADD));
        await(nodes.get(2).discovery().advertise(ADD));
        assertThat(nodes.get(5).whoProvides(ADD)).containsExactlyInAnyOrder(nodes.get(1).id(),
                nodes.get(2).id());

        await(nodes.get(1).discovery().withdrawAll());

        assertThat(nodes).allSatisfy(
                node -> assertThat(node.whoProvides(ADD)).containsExactly(nodes.get(2).id()));
    }

    @Test
    void showsWhatAProviderSaysOfItselfNow() {
        var nodes = net.nodes(6);
        await(nodes.get(1).discovery().advertise(ADD));
        assertThat(await(nodes.get(5).discovery().providers(ADD)).getFirst().relays()).isEmpty();

        nodes.get(1).relays(List.of(nodes.getFirst().id()));

        eventually(() -> await(nodes.get(5).discovery().providers(ADD)).getFirst()
                .relays()
                .equals(List.of(nodes.getFirst().id())));
    }

    @Test
    void isWholeAgainAfterItsProcessWasKilled() {
        var nodes = net.nodes(10);
        var victim = nodes.get(4);
        await(victim.discovery().advertise(ADD));
        var open = victim.discovery().find(Goal.NODES, NodeId.hashOf(new byte[]{1}), 1);

        victim.crash();

        assertThat(await(open).closest()).isNotEmpty();
        eventually(() -> victim.table().contacts().size() == 9);
        assertThat(victim.table().ownKeys()).isOne();
        var fresh = RealmKey.procedure(DhtNet.REALM, "after");
        await(victim.discovery().advertise(fresh));
        assertThat(nodes.get(9).whoProvides(fresh)).containsExactly(victim.id());
        assertThat(nodes.get(9).whoProvides(ADD)).containsExactly(victim.id());
    }

    @Test
    void tellsItsNeighboursThatItLeaves() {
        var nodes = net.nodes(5);
        var leaver = nodes.get(2);
        eventually(() -> nodes.get(4).table().contacts().size() == 4);

        await(leaver.discovery().leave());

        eventually(() -> nodes.stream()
                .filter(node -> node != leaver)
                .noneMatch(node -> node.table()
                        .contacts()
                        .stream()
                        .anyMatch(entry -> entry.contact().id().equals(leaver.id()))));
    }

    @Test
    void findsWhatWasProvidedBeforeAnybodyElseWasThere() {
        var first = net.client(0);
        var health = await(first.discovery().advertise(ADD));
        assertThat(health.asked()).as("it is alone and keeps the record itself").isOne();

        var second = net.node(1);
        var third = net.node(2).joinThrough(second);
        first.discovery().linked(second.contact());

        eventually(() -> third.whoProvides(ADD).equals(List.of(first.id())));
    }

    @Test
    void handsOutNobodyWhoCannotBeDialled() {
        var nodes = net.nodes(3);
        var client = net.client(3).joinThrough(nodes.getFirst());

        await(client.discovery().advertise(ADD));

        assertThat(nodes.get(2).whoProvides(ADD)).containsExactly(client.id());
        assertThat(nodes).allSatisfy(node -> assertThat(node.table().contacts())
                .noneMatch(entry -> entry.contact().id().equals(client.id())));
    }

    @Test
    void givesAKeyToNobodyElseBeforeItsValueExpires() {
        var nodes = net.nodes(5);
        await(nodes.get(1).discovery().put(NAME, Bytes.utf8("mine"), Duration.ofHours(1)));

        var refused = await(
                nodes.get(2).discovery().put(NAME, Bytes.utf8("yours"), Duration.ofHours(1)));
        var changed = await(
                nodes.get(1).discovery().put(NAME, Bytes.utf8("again"), Duration.ofHours(1)));

        assertThat(refused.acknowledged()).isZero();
        assertThat(changed.acknowledged()).isGreaterThanOrEqualTo(4);
        var found = await(nodes.get(3).discovery().find(Goal.VALUE, NAME.id(), 1));
        assertThat(Discovery.kept(found)).hasValueSatisfying(kept -> {
            assertThat(kept.value()).isEqualTo(Bytes.utf8("again"));
            assertThat(kept.owner()).isEqualTo(nodes.get(1).id());
        });
    }
}
