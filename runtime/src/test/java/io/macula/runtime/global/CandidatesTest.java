package io.macula.runtime.global;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.dht.NodeId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CandidatesTest {

    private static final List<NodeId> NODES = IntStream.range(0, 5)
            .mapToObj(n -> NodeId.parse(("" + n).repeat(40)).orElseThrow())
            .toList();

    private final Replica replica = new Replica(1);

    private void stand(NodeId node, String... elections) {
        replica.make(Candidates.own(replica.root(), node, Set.of(elections),
                Candidates.standsIn(replica.root(), node)));
    }

    @Test
    void ofTheCandidatesInReachOneLeadsAndAllAgreeWhich() {
        NODES.forEach(node -> stand(node, "work"));
        var reachable = new HashSet<>(NODES);

        var leader = Candidates.leader(replica.root(), "work", reachable).orElseThrow();
        reachable.remove(leader);
        var next = Candidates.leader(replica.root(), "work", reachable).orElseThrow();

        assertThat(NODES).contains(leader, next);
        assertThat(next).isNotEqualTo(leader);
        assertThat(Candidates.leader(replica.root(), "work", Set.of())).isEmpty();
        assertThat(Candidates.leader(replica.root(), "other", Set.copyOf(NODES))).isEmpty();
    }

    @Test
    void whoStandsNoMoreDoesNotLead() {
        stand(NODES.get(0), "work", "rest");
        stand(NODES.get(0), "rest");

        assertThat(Candidates.leader(replica.root(), "work", Set.copyOf(NODES))).isEmpty();
        assertThat(Candidates.leader(replica.root(), "rest", Set.copyOf(NODES)))
                .contains(NODES.get(0));
        assertThat(Candidates.standsIn(replica.root(), NODES.get(0))).containsExactly("rest");
        assertThat(Candidates.own(replica.root(), NODES.get(0), Set.of("rest"), Set.of("rest")))
                .isEmpty();
    }

    @Test
    void electionsSpreadOverTheNodes() {
        var elections = IntStream.range(0, 200).mapToObj(n -> "e" + n).toList();
        for (var node : NODES) {
            stand(node, elections.toArray(String[]::new));
        }

        var led = elections.stream()
                .map(each -> Candidates.leader(replica.root(), each, Set.copyOf(NODES))
                        .orElseThrow())
                .collect(Collectors.groupingBy(each -> each, Collectors.counting()));

        assertThat(led).hasSize(5);
        assertThat(led.values()).allMatch(count -> count > 15);
    }
}
