package io.macula.actors.mesh;

import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.dht.Provider;
import io.macula.dht.NodeId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeekingTest {

    private static final NodeId SELF = node(0);

    private final Seeking seeking = new Seeking(2, 4);
    private final Random random = new Random(1);

    private static List<Provider> those(int... numbers) {
        return Arrays.stream(numbers).mapToObj(number -> MeshRig.provider(number)).toList();
    }

    private static Set<NodeId> linked(int... numbers) {
        var nodes = new HashSet<NodeId>();
        Arrays.stream(numbers).forEach(number -> nodes.add(node(number)));
        return nodes;
    }

    private List<NodeId> missing(Set<NodeId> linked, List<Provider> gateways,
            List<Provider> peers) {
        return seeking.missing(SELF, linked, gateways, peers, random);
    }

    @Test
    void seeksTwoGatewaysAndThenAnyNodesUntilThereAreEnough() {
        var wanted = missing(linked(), those(1, 2, 3), those(4, 5, 6, 7));

        assertThat(wanted).hasSize(4).doesNotHaveDuplicates();
        assertThat(wanted.subList(0, 2)).isSubsetOf(node(1), node(2), node(3));
        assertThat(wanted.subList(2, 4)).isSubsetOf(node(4), node(5), node(6), node(7));
    }

    @Test
    void countsTheLinksThereAre() {
        assertThat(missing(linked(1, 4), those(1, 2), those(4, 5, 6))).hasSize(2)
                .startsWith(node(2))
                .doesNotContain(node(1), node(4));
        assertThat(missing(linked(1, 2, 4, 5), those(1, 2, 3), those(4, 5, 6))).isEmpty();
    }

    @Test
    void stillSeeksASecondGatewayWhenItHasMoreLinksThanItNeeds() {
        assertThat(missing(linked(1, 4, 5, 6, 7, 8), those(1, 2), those(9)))
                .containsExactly(node(2));
    }

    @Test
    void neverSeeksItselfNorOneNodeTwice() {
        assertThat(missing(linked(), those(0, 1), those(0, 1))).containsExactly(node(1));
        assertThat(missing(linked(), those(1, 1), those(1, 1))).containsExactly(node(1));
    }

    @Test
    void seeksNobodyWhenNobodyIsKnown() {
        assertThat(missing(linked(), List.of(), List.of())).isEmpty();
        assertThat(new Seeking(0, 0).missing(SELF, Set.of(), those(1), those(2), random))
                .isEmpty();
    }

    @Test
    void doesNotHangOnTheSameNodesAsEverybodyElse() {
        var chosen = new HashSet<NodeId>();
        for (var time = 0; time < 200; time++) {
            chosen.addAll(missing(linked(), those(1, 2, 3, 4, 5), List.of()));
        }

        assertThat(chosen).hasSize(5);
    }
}
