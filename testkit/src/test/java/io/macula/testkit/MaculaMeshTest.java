package io.macula.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.macula.app.State;
import io.macula.app.StateKey;
import io.macula.crdt.PnCounter;
import io.macula.runtime.Node;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What the annotation gives tests, what it leaves behind, and what it says to wrong use.
@MaculaMesh(nodes = 2, cluster = false)
class MaculaMeshTest {

    private static final StateKey<PnCounter> VISITS = StateKey.counter("visits");

    private @Nullable Mesh before;

    @BeforeEach
    void start(Mesh mesh) {
        before = mesh;
        assertThat(mesh.living()).hasSize(mesh.size());
    }

    @Test
    void theTestsOfAClassShareAMeshThatIsWholeForEach(Mesh mesh) {
        assertThat(mesh).isSameAs(before);
        mesh.kill(1);
        assertThat(mesh.living()).containsExactly(0);
    }

    @Test
    void aCutIsHealedBeforeTheNextTest(Mesh mesh) {
        assertThat(mesh.toString()).contains("nothing is cut");
        mesh.partition(mesh.side(0), mesh.side(1));
        assertThat(mesh.toString()).contains("cut: 0-1");
    }

    @Test
    void aNodeThatTheTestClosesIsStartedAgainToo(Mesh mesh) {
        mesh.node(1).close();
        assertThat(mesh.living()).containsExactly(0);
    }

    @Test
    void aLabBreaksTheProcessesOfANodeAndIsHealedWithTheMesh(Mesh mesh) {
        var replicator = mesh.lab(1).at("platform_system/state_replicator");
        replicator.hang();
        assertThat(mesh.lab(1)).isSameAs(mesh.lab(1));
        var changed = count(mesh.node(1));
        assertThat(changed).isNotDone();

        mesh.heal();

        assertThat(changed.orTimeout(30, TimeUnit.SECONDS).join())
                .isInstanceOf(State.Changed.Done.class);
        mesh.awaitConverged(Duration.ofSeconds(30));
    }

    private static CompletableFuture<State.Changed> count(Node node) {
        return node.state()
                .orElseThrow()
                .update(VISITS,
                        (visits, tick) -> visits.increment(tick.dot(), 1))
                .toCompletableFuture();
    }

    @Nested
    class Inside {
        @Test
        void testsOfANestedClassShareItToo(Mesh mesh) {
            assertThat(mesh).isSameAs(before);
        }

        @Test
        @MaculaMesh(nodes = 1, cluster = false, seed = 7, settings = "macula.name = alone")
        void aTestMayHaveOneOfItsOwn(Mesh mesh) {
            assertThat(mesh.size()).isEqualTo(1);
            assertThat(mesh.toString()).startsWith("seed 7;");
            assertThat(mesh.node(0).report().name()).isEqualTo("alone");
        }

        @Test
        @MaculaMesh(nodes = 1, cluster = false)
        void aNodeThatIsStartedAgainHasItsStateFromItsOwnDisk(Mesh mesh) {
            var id = mesh.node(0).id();
            count(mesh.node(0)).join();

            mesh.kill(0);
            mesh.restart(0);

            assertThat(mesh.node(0).id()).isEqualTo(id);
            mesh.await("what it counted is there", Duration.ofSeconds(30),
                    () -> mesh.node(0).state().orElseThrow().get(VISITS).value() == 1);
        }
    }

    @Test
    void wrongUseIsToldInASentence(Mesh mesh) {
        assertThatIllegalArgumentException().isThrownBy(() -> mesh.node(2))
                .withMessage("there is no node 2: this mesh has the nodes 0 to 1");
        assertThatIllegalArgumentException().isThrownBy(() -> mesh.side(0, -1))
                .withMessage("there is no node -1: this mesh has the nodes 0 to 1");
        assertThatIllegalArgumentException().isThrownBy(mesh::side)
                .withMessage("a side of a partition has at least one node");
        assertThatIllegalArgumentException().isThrownBy(() -> mesh.partition(mesh.side(0)))
                .withMessage("a partition has at least two sides, not 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mesh.partition(mesh.side(0, 1), mesh.side(1)))
                .withMessage("node 1 is on two sides");
        assertThatIllegalStateException().isThrownBy(() -> mesh.restart(0))
                .withMessage("node 0 runs; kill(0) ends it");
        assertThatIllegalStateException().isThrownBy(() -> mesh.leaderOf("mayor"))
                .withMessageStartingWith("this mesh has no Cluster and so no elections");
        assertThat(mesh.toString()).as("nothing has come of it").contains("nothing is cut");
    }

    @Test
    void aKilledNodeCanNeitherBeUsedNorKilledAgain(Mesh mesh) {
        mesh.kill(0);

        assertThatIllegalStateException().isThrownBy(() -> mesh.node(0))
                .withMessage("node 0 does not run; restart(0) starts it again");
        assertThatIllegalStateException().isThrownBy(() -> mesh.kill(0))
                .withMessage("node 0 does not run");
    }

    // --- tests that are run by these tests, and by nobody else

    static final class NoNodes {
        @Test
        @MaculaMesh(nodes = 0)
        void neverRuns(Mesh mesh) {}
    }

    static final class WrongSettings {
        @Test
        @MaculaMesh(nodes = 1, settings = "macula.nmae = x")
        void neverRuns(Mesh mesh) {}
    }

    @MaculaMesh(nodes = 2, cluster = false, seed = 9)
    static final class Failing {

        static final List<Node> NODES = new ArrayList<>();
        static @Nullable Path folder;

        @Test
        void fails(Mesh mesh) {
            mesh.living().forEach(number -> NODES.add(mesh.node(number)));
            folder = mesh.folder();
            mesh.partition(mesh.side(0), mesh.side(1));
            mesh.kill(1);
            throw new IllegalStateException("the test's own failure");
        }
    }

    @Test
    void aFailureIsToldWithTheSeedAndHowTheMeshStoodAndNothingIsLeftOfIt() throws Exception {
        var failure = Runs.failureOf(Failing.class);

        assertThat(failure).hasMessage("the test's own failure");
        assertThat(Arrays.stream(failure.getSuppressed()).map(Object::toString)).singleElement()
                .satisfies(told -> assertThat(told).contains("seed 9", "cut: 0-1", "killed: 1",
                        "node 0: "));
        assertThat(Files.exists(requireNonNull(Failing.folder))).isFalse();
        assertThat(Failing.NODES).hasSize(2).allSatisfy(node -> {
            assertThat(node.stopped().toCompletableFuture()).isDone();
            assertCanBeBound(node.quicAddress().orElseThrow());
        });
    }

    private static void assertCanBeBound(InetSocketAddress address) throws SocketException {
        try (var socket = new DatagramSocket(address)) {
            assertThat(socket.isBound()).isTrue();
        }
    }

    @Test
    void aMeshThatCannotBeIsRefusedInASentence() {
        assertThat(Runs.failureOf(NoNodes.class))
                .hasStackTraceContaining("a mesh has 1 to 10 nodes, not 0");
        assertThat(Runs.failureOf(WrongSettings.class))
                .hasStackTraceContaining("there is no setting macula.nmae");
    }

    @Test
    void whatIsAwaitedInVainIsNamed(Mesh mesh) {
        assertThat(catchThrowable(
                () -> mesh.await("pigs fly", Duration.ofMillis(50), () -> false)))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("waited 50 ms until pigs fly, but it did not come about"
                        + " (seed 1; nothing is cut; node 0: ");
    }
}
