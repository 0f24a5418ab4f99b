package io.macula.actors.mesh;

import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.Link;
import io.macula.actors.link.fake.FakeLink;
import io.macula.dht.NodeId;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NeighboursTest {

    private static final NodeId SELF = node(0);
    private static final NodeId FAR = node(9);

    private final Neighbours neighbours = new Neighbours(SELF, 3);

    private FakeLink up(NodeId node) {
        var link = new FakeLink(node);
        neighbours.up(link);
        return link;
    }

    /// Nodes by their distance to `destination`, the nearest first.
    private static List<NodeId> towards(NodeId destination) {
        return IntStream.range(10, 100)
                .mapToObj(number -> node(number))
                .sorted(destination::compareDistance)
                .toList();
    }

    @Test
    void knowsNobodyAtFirst() {
        assertThat(neighbours.isEmpty()).isTrue();
        assertThat(neighbours.direct(FAR)).isEmpty();
        assertThat(neighbours.any(FAR)).isEmpty();
        assertThat(neighbours.relayTo(FAR, List.of(node(1)))).isEmpty();
        assertThat(neighbours.nextHop(FAR, node(1))).isEmpty();
    }

    @Test
    void sendsOverTheNewestSoundLink() {
        var older = up(FAR);
        var newer = up(FAR);

        assertThat(neighbours.direct(FAR)).containsSame(newer);
        newer.setSuspect(true);
        assertThat(neighbours.direct(FAR)).containsSame(older);
        older.isLost();
        assertThat(neighbours.direct(FAR)).isEmpty();

        assertThat(neighbours.any(FAR)).as("in doubt, but a link").containsSame(newer);
        assertThat(neighbours.count()).isEqualTo(1);
    }

    @Test
    void usesNoLinkThatHasClosedAlthoughNobodySaidSoYet() {
        up(FAR).isLost();

        assertThat(neighbours.direct(FAR)).isEmpty();
        assertThat(neighbours.any(FAR)).isEmpty();
        assertThat(neighbours.all()).isEmpty();
    }

    @Test
    void forgetsANodeWithItsLastLink() {
        var first = up(FAR);
        var second = up(FAR);

        neighbours.down(first);
        assertThat(neighbours.nodes()).containsExactly(FAR);
        neighbours.down(second);
        neighbours.down(second);

        assertThat(neighbours.isEmpty()).isTrue();
    }

    @Test
    void doesNotKeepALinkWhoseEndWasHeardOfBeforeItsBeginning() {
        var link = new FakeLink(FAR);
        link.isLost();

        neighbours.down(link);
        neighbours.up(link);

        assertThat(neighbours.isEmpty()).isTrue();
    }

    @Test
    void losesNoLinkAndKeepsNoneWhenBeginningsAndEndsCross() throws InterruptedException {
        try (var threads = Executors.newFixedThreadPool(4)) {
            var begin = new CountDownLatch(1);
            for (var thread = 0; thread < 4; thread++) {
                threads.execute(() -> {
                    await(begin);
                    for (var round = 0; round < 2_000; round++) {
                        var link = up(FAR);
                        link.isLost();
                        neighbours.down(link);
                    }
                });
            }
            begin.countDown();
        }
        assertThat(neighbours.isEmpty()).isTrue();

        var last = up(FAR);
        assertThat(neighbours.direct(FAR)).containsSame(last);
    }

    private static void await(CountDownLatch begin) {
        try {
            begin.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void showsOneLinkToEachNeighbour() {
        up(FAR);
        var best = up(FAR);
        var other = up(node(8));

        assertThat(neighbours.all()).containsExactlyInAnyOrder(best, other);
    }

    @Test
    void knowsWhichLinkTheFarSideDialled() {
        up(FAR);
        assertThat(neighbours.accepted(FAR)).isEmpty();
        var theirs = new FakeLink(FAR).accepted();
        neighbours.up(theirs);
        up(FAR);

        assertThat(neighbours.accepted(FAR)).containsSame(theirs);
        theirs.setSuspect(true);
        assertThat(neighbours.accepted(FAR)).isEmpty();
    }

    @Test
    void relaysByAGatewayTheDestinationPrefers() {
        var gateways = towards(FAR);
        neighbours.relaysAre(List.of(gateways.getFirst(), gateways.get(1)));
        var nearest = up(gateways.getFirst());
        var preferred = up(gateways.get(50));

        assertThat(neighbours.relayTo(FAR, List.of(node(5), gateways.get(50))))
                .containsSame(preferred);
        preferred.setSuspect(true);

        assertThat(neighbours.relayTo(FAR, List.of(node(5), gateways.get(50))))
                .as("the way it prefers is in doubt")
                .containsSame(nearest);
    }

    @Test
    void relaysByTheNearestGatewayItHasASoundLinkTo() {
        var gateways = towards(FAR);
        neighbours.relaysAre(List.of(gateways.get(30), gateways.get(10), gateways.get(20)));
        up(gateways.get(30));
        var middle = up(gateways.get(20));
        assertThat(neighbours.relayTo(FAR, List.of())).containsSame(middle);

        up(gateways.get(10)).setSuspect(true);

        assertThat(neighbours.relayTo(FAR, List.of())).containsSame(middle);
    }

    @Test
    void doesNotCallTheDestinationItsOwnRelay() {
        neighbours.relaysAre(List.of(FAR));
        up(FAR);

        assertThat(neighbours.relayTo(FAR, List.of(FAR))).isEmpty();
    }

    @Test
    void relaysByNobodyWhoIsNoGateway() {
        up(node(1));

        assertThat(neighbours.relayTo(FAR, List.of())).isEmpty();
        assertThat(neighbours.nextHop(FAR, node(2))).isEmpty();
    }

    @Test
    void passesOnOnlyToAGatewayThatIsNearerAndNotBack() {
        var byDistance = towards(FAR).stream()
                .filter(node -> FAR.compareDistance(node, SELF) < 0)
                .toList();
        var farther = towards(FAR).stream()
                .filter(node -> FAR.compareDistance(node, SELF) > 0)
                .toList();
        var nearest = byDistance.getFirst();
        neighbours.relaysAre(List.of(nearest, farther.getFirst()));
        up(farther.getFirst());
        assertThat(neighbours.nextHop(FAR, node(1))).isEmpty();

        var link = up(nearest);

        assertThat(neighbours.nextHop(FAR, node(1))).containsSame(link);
        assertThat(neighbours.nextHop(FAR, nearest)).isEmpty();
    }

    @Test
    void remembersSomeGatewaysAndNeverItself() {
        neighbours.relaysAre(List.of(SELF, node(1), node(2), node(3), node(4)));
        IntStream.rangeClosed(0, 4).forEach(number -> up(node(number)));

        assertThat(neighbours.linkedRelays()).containsExactlyElementsOf(
                IntStream.rangeClosed(1, 3)
                        .mapToObj(number -> node(number))
                        .sorted(Comparator.naturalOrder())
                        .toList());
    }

    @Test
    void namesOnlyGatewaysItHasALinkToAsItsOwn() {
        neighbours.relaysAre(List.of(node(1), node(2)));
        Link link = up(node(2));
        assertThat(neighbours.linkedRelays()).containsExactly(node(2));

        neighbours.down(link);

        assertThat(neighbours.linkedRelays()).isEmpty();
    }
}
