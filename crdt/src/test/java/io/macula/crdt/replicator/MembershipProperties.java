package io.macula.crdt.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.crdt.Edit;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Four nodes leave, crash, stay away for long and come back, with frames lost; [TestDisk] sees to it that no dot
/// is used twice.
class MembershipProperties {

    private static final ReplicatorConfig CONFIG = ReplicatorConfig.DEFAULT
            .withAbsence(Duration.ofMinutes(1))
            .withRetireAfter(Duration.ofMinutes(10))
            .withReservationDots(8);
    private static final long[] NODES = {1, 2, 3, 4};

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    private final TestCluster cluster = TestCluster.of(CONFIG, NODES);
    private final Set<String> there = new HashSet<>();
    private int elements;

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingIsLostAndNothingIsKeptForThoseThatAreGone(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 120; i++) {
            anything(NODES[random.nextInt(NODES.length)], random);
        }

        for (long node : NODES) {
            start(node);
        }
        cluster.pass(90_000);

        assertThat(cluster.isConverged()).isTrue();
        for (var node : cluster.nodes.values()) {
            assertThat(node.values().set("s").elements().stream().map(each -> each.text()))
                    .containsExactlyInAnyOrderElementsOf(there);
            assertThat(node.logged().isEmpty()).as("kept by %s", node.self()).isTrue();
            assertThat(cluster.nodes.values()).as("retired by %s", node.self())
                    .noneMatch(other -> node.retired().contains(other.self()));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whoStaysKeepsNothingForThoseThatNeverComeBack(long seed) {
        var random = new Random(seed);
        long gone = NODES[random.nextInt(NODES.length)];
        for (int i = 0; i < 30; i++) {
            change(NODES[random.nextInt(NODES.length)], random);
        }
        if (random.nextBoolean()) {
            cluster.handle(gone, new Event.Leaving());
        }
        stop(gone);
        long restarted = LongStream.of(NODES).filter(node -> node != gone).findAny().orElseThrow();
        stop(restarted);
        start(restarted);

        cluster.passQuietly(11 * 60_000L);
        cluster.pass(2_000);
        for (long node : NODES) {
            change(node, random);
        }
        cluster.pass(10_000);

        for (var node : cluster.nodes.values()) {
            assertThat(node.logged().isEmpty()).as("kept by %s", node.self()).isTrue();
            assertThat(node.members()).doesNotContainKey(gone);
            assertThat(node.retired()
                    .stream()
                    .map(replica -> replica.node())
                    .collect(Collectors.toSet())).as("retired by %s", node.self())
                    .isSubsetOf(Set.of(gone));
        }
        assertThat(cluster.isConverged()).isTrue();
    }

    private void anything(long node, Random random) {
        switch (random.nextInt(12)) {
            case 0 -> stop(node);
            case 1 -> {
                if (cluster.nodes.containsKey(node)) {
                    cluster.handle(node, new Event.Leaving());
                    cluster.settle((_, _) -> random.nextInt(3) > 0);
                    stop(node);
                }
            }
            case 2, 3 -> start(node);
            case 4 -> cluster.passQuietly(random.nextInt(15 * 60_000));
            case 5, 6 -> cluster.pass(random.nextInt(5_000), (_, _) -> random.nextInt(4) > 0);
            default -> change(node, random);
        }
    }

    private void stop(long node) {
        cluster.crash(node);
        cluster.meetAll();
    }

    private void start(long node) {
        if (!cluster.nodes.containsKey(node)) {
            cluster.restart(CONFIG, node);
        }
        cluster.meetAll();
    }

    private void change(long node, Random random) {
        if (!cluster.nodes.containsKey(node)) {
            return;
        }
        var known = List.copyOf(cluster.node(node).values().set("s").elements());
        if (random.nextInt(4) == 0 && !known.isEmpty()) {
            var element = known.get(random.nextInt(known.size())).text();
            if (isDone(node, (root, _) -> root.set("s").remove(element))) {
                there.remove(element);
            }
        } else {
            var element = "e" + elements++;
            if (isDone(node, (root, tick) -> root.set("s").add(tick.dot(), element))) {
                there.add(element);
            }
        }
    }

    private boolean isDone(long node, Edit edit) {
        return cluster.update(node, edit)
                .stream()
                .anyMatch(answer -> answer instanceof Updated.Done);
    }
}
