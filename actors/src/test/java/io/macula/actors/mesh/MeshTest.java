package io.macula.actors.mesh;

import static io.macula.actors.link.fake.Nodes.idOf;
import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.dht.Provider;
import io.macula.actors.link.Link;
import io.macula.actors.link.OutFrame;
import io.macula.actors.link.PeerAddress;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Deliver;
import io.macula.actors.wire.Ping;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.PubsubRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MeshTest {

    private static final Provider FAR = MeshRig.provider(9, 7);
    private static final Publish MESSAGE = Publish.of("a", Bytes.of(new byte[100]), 0, false,
            Bytes.utf8("id"));

    private final MeshRig rig = new MeshRig();
    private final Mesh mesh = rig.mesh();
    private final List<Parcel.Fate> fates = new ArrayList<>();

    private MeshCounters.Snapshot counters() {
        return mesh.counters().snapshot();
    }

    private Link.Sent publish() {
        return publish(mesh);
    }

    private static Link.Sent publish(Mesh by) {
        return by.publish(FAR, MESSAGE, new OutFrame(Deliver.of(MESSAGE)));
    }

    private int wanted() {
        return (int) rig.dials().stream().filter(MeshLinks.Wanted.class::isInstance).count();
    }

    private MeshLinks.Forward onlyForward() {
        var forwards = rig.dials()
                .stream()
                .filter(MeshLinks.Forward.class::isInstance)
                .map(MeshLinks.Forward.class::cast)
                .toList();
        assertThat(forwards).hasSize(1);
        return forwards.getFirst();
    }

    @Test
    void goesStraightWhereThereIsASoundLinkAndAsksForNothing() {
        rig.gateway(7);
        var link = rig.neighbour(9);

        assertThat(mesh.to(FAR)).isEqualTo(new Way.Direct(link));
        assertThat(mesh.path(node(9))).contains(Way.Path.DIRECT);
        assertThat(rig.dials()).isEmpty();
    }

    @Test
    void goesByAGatewayWhileTheLinkIsInDoubtAndBackWhenItIsNot() {
        var gateway = rig.gateway(7);
        var link = rig.neighbour(9);
        link.setSuspect(true);

        assertThat(mesh.to(FAR)).isEqualTo(new Way.Relayed(gateway));
        link.setSuspect(false);

        assertThat(mesh.to(FAR)).isEqualTo(new Way.Direct(link));
    }

    @Test
    void takesALinkInDoubtWhenNoGatewayLeadsThere() {
        var link = rig.neighbour(9);
        link.setSuspect(true);

        assertThat(mesh.to(FAR)).isEqualTo(new Way.Direct(link));
        assertThat(wanted()).isEqualTo(1);
    }

    @Test
    void findsNoWayWithoutALinkAndAGateway() {
        rig.neighbour(8);

        assertThat(mesh.to(FAR)).isEqualTo(new Way.None());
        assertThat(mesh.path(node(9))).isEmpty();
    }

    @Test
    void prefersTheGatewayTheProviderNames() {
        rig.gateway(6);
        var named = rig.neighbour(7);

        assertThat(mesh.to(FAR)).isEqualTo(new Way.Relayed(named));
    }

    @Test
    void asksForADirectLinkEachTimeItRelaysUnlessOneIsBeingDialled() {
        rig.gateway(7);

        publish();
        publish();
        assertThat(wanted()).isEqualTo(2);
        rig.upgrading().add(node(9));
        assertThat(mesh.path(node(9))).contains(Way.Path.UPGRADING);
        publish();

        assertThat(wanted()).isZero();
        rig.upgrading().clear();
        assertThat(mesh.path(node(9))).contains(Way.Path.RELAYED);
        assertThat(counters().relayed()).isEqualTo(3);
    }

    @Test
    void remembersWhereAProviderListensBestFirst() {
        rig.gateway(7);
        var two = new Provider(node(9), List.of(
                new PeerAddress(null, "best", 1),
                new PeerAddress(node(66), "next", 2)), List.of(), 0);

        mesh.to(two);

        assertThat(mesh.addresses().of(node(9))).containsExactly(
                new PeerAddress(node(9), "best", 1),
                new PeerAddress(node(9), "next", 2));
    }

    @Test
    void publishesInItsOwnNameToTheNodeWhateverTheWay() {
        var gateway = rig.gateway(7);
        assertThat(publish()).isEqualTo(Link.Sent.QUEUED);
        var link = rig.neighbour(9);
        assertThat(publish()).isEqualTo(Link.Sent.QUEUED);

        for (var way : List.of(gateway, link)) {
            assertThat(way.sent(PubsubRoute.class)).singleElement().satisfies(route -> {
                assertThat(route.destinationNodeId()).isEqualTo(idOf(node(9)));
                assertThat(route.sourceNodeId()).isEqualTo(idOf(MeshRig.SELF));
                assertThat(route.payload()).isEqualTo(MESSAGE);
            });
        }
        assertThat(counters().direct()).isEqualTo(1);
        assertThat(counters().relayed()).isEqualTo(1);
    }

    @Test
    void saysItShorterToANodeThatTakesDeliveriesAndHasALink() {
        var gateway = rig.gateway(7);
        gateway.setTakesDeliveries(true);
        publish();
        var link = rig.neighbour(9);
        link.setTakesDeliveries(true);
        publish();

        assertThat(link.sent()).containsExactly(Deliver.of(MESSAGE));
        assertThat(gateway.sent(Deliver.class)).as("it is not the one meant").isEmpty();
    }

    @Test
    void saysAndCountsWhatAFullOrTooNarrowLinkDoesNotTake() {
        var link = rig.neighbour(9);
        link.setFull(true);
        assertThat(publish()).isEqualTo(Link.Sent.FULL);
        link.setPayloadBytesMax(10);
        assertThat(publish()).isEqualTo(Link.Sent.CLOSED);

        assertThat(counters().lost()).isEqualTo(2);
        assertThat(counters().direct()).isZero();
    }

    @Test
    void dialsWhereNothingLeadsAndCountsWhatBecameOfTheMessage() {
        assertThat(publish()).isEqualTo(Link.Sent.QUEUED);
        var forward = onlyForward();
        assertThat(forward.destination()).isEqualTo(node(9));
        var link = rig.neighbour(9);
        forward.parcel().send(link);
        forward.parcel().isLost();

        assertThat(link.sent(PubsubRoute.class)).hasSize(1);
        assertThat(counters().direct()).isEqualTo(1);
        assertThat(counters().lost()).isEqualTo(1);
    }

    @Test
    void showsEachNodeItTalksToOnceWithThePathThatIsTaken() {
        var link = rig.gateway(7);
        rig.neighbour(8).setSuspect(true);
        publish();
        rig.upgrading().add(node(5));
        rig.upgrading().add(node(7));

        var reached = mesh.reached();

        assertThat(reached).extracting(Mesh.Reached::node)
                .containsExactlyInAnyOrder(node(5), node(7), node(8), node(9));
        assertThat(reached).contains(
                new Mesh.Reached(node(7), Way.Path.DIRECT, Optional.of(link)),
                new Mesh.Reached(node(5), Way.Path.UPGRADING, Optional.empty()),
                new Mesh.Reached(node(9), Way.Path.RELAYED, Optional.empty()));
        assertThat(reached).filteredOn(each -> each.node().equals(node(8)))
                .extracting(Mesh.Reached::path)
                .as("in doubt, and a gateway leads there")
                .containsExactly(Way.Path.RELAYED);
    }

    @Test
    void losesWhatShouldBeDialledForWhenNobodyDials() {
        var alone = new Mesh(MeshRig.SELF, new Neighbours(MeshRig.SELF, 1), new AddressBook(1),
                Set.of());

        alone.dial(node(9), Parcel.of(MESSAGE, fates::add));
        alone.wants(node(9));
        publish(alone);

        assertThat(fates).containsExactly(Parcel.Fate.NO_WAY);
        assertThat(alone.counters().snapshot().lost()).isEqualTo(1);
    }

    @Test
    void sendsWhatOnlyNeighboursUnderstandStraightOrNotAtAll() {
        rig.gateway(7);
        mesh.straight(node(9), new Ping(1), fates::add);
        assertThat(onlyForward().destination()).isEqualTo(node(9));
        var link = rig.neighbour(9);
        link.setSuspect(true);

        mesh.straight(node(9), new Ping(2), fates::add);

        assertThat(link.sent()).containsExactly(new Ping(2));
        assertThat(fates).containsExactly(Parcel.Fate.SENT);
    }

    @Test
    void keepsNobodyWaitingForANodeThatFellSilentAMomentAgo() {
        mesh.fellSilent(node(9));

        mesh.straight(node(9), new Ping(1), fates::add);

        assertThat(fates).containsExactly(Parcel.Fate.NO_WAY);
        assertThat(wanted()).as("it may be back").isEqualTo(1);
        mesh.cameUp(node(9));
        mesh.straight(node(9), new Ping(2), fates::add);
        assertThat(onlyForward().destination()).isEqualTo(node(9));
    }
}
