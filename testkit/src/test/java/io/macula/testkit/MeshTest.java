package io.macula.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.macula.actors.cluster.ClusterView;
import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.Rpc.CallOptions;
import io.macula.app.State;
import io.macula.app.StateKey;
import io.macula.app.coordination.Acquired;
import io.macula.app.coordination.FencedSession;
import io.macula.app.coordination.Leader;
import io.macula.app.coordination.NoQuorum;
import io.macula.app.coordination.Opening;
import io.macula.app.coordination.Standing;
import io.macula.crdt.PnCounter;
import io.macula.runtime.coordination.CoordinationView;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A mesh of three that is cut, killed and healed. What one test leaves broken is whole again for the next one.
@MaculaMesh(nodes = 3)
class MeshTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Payload PAYLOAD = Payload.of(new byte[1]);
    private static final StateKey<PnCounter> VISITS = StateKey.counter("visits");

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static void count(Mesh mesh, int node) {
        assertThat(get(mesh.node(node)
                .state()
                .orElseThrow()
                .update(VISITS, (visits, tick) -> visits.increment(tick.dot(), 1))))
                .isInstanceOf(State.Changed.Done.class);
    }

    private static long visits(Mesh mesh, int node) {
        return mesh.node(node).state().orElseThrow().get(VISITS).value();
    }

    private static FencedSession session(Mesh mesh, int node, Duration timeToLive) {
        var opened = get(mesh.node(node)
                .coordination()
                .orElseThrow()
                .open("node" + node, timeToLive, PATIENCE));
        assertThat(opened).isInstanceOf(Opening.Opened.class);
        return ((Opening.Opened) opened).session();
    }

    private static int leadingVoter(Mesh mesh) {
        return mesh.living()
                .stream()
                .filter(node -> mesh.node(node)
                        .coordinationView()
                        .orElseThrow()
                        .state() == CoordinationView.State.LEADER)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPartitionIsSilenceOnAllWaysAndAHealMakesItOneAgain(Mesh mesh) {
        int leader = leadingVoter(mesh);
        int other = (leader + 1) % 3;
        int third = (leader + 2) % 3;
        mesh.node(leader).rpc().serve("far.away", _ -> new Rpc.Answer.Result(PAYLOAD));
        mesh.await("a call passes", PATIENCE, () -> isAnswered(mesh, other));
        count(mesh, leader);
        mesh.awaitConverged(PATIENCE);
        long before = visits(mesh, other);

        mesh.partition(mesh.side(leader), mesh.side(other, third));

        assertThat(isAnswered(mesh, other)).isFalse();
        bothSidesCount(mesh, leader, other, before);
        theTimeOutSaysWhatDiffers(mesh, leader, other);
        onlyTheMajorityGrants(mesh, leader, other);
        linksAndClusterFindOut(mesh, leader);

        mesh.heal();
        mesh.awaitConverged(PATIENCE);
        assertThat(visits(mesh, third)).isEqualTo(before + 2);
        mesh.await("a call passes again", PATIENCE, () -> isAnswered(mesh, other));
    }

    @Test
    void whoWasDownedWhileItWasCutOffIsAMemberAgainWhenItIsHealed(Mesh mesh) {
        mesh.partition(mesh.side(0, 1), mesh.side(2));
        mesh.await("the majority goes on without it, and it looks for a Cluster again", PATIENCE,
                () -> view(mesh, 0).members().size() == 2 && view(mesh, 1).members().size() == 2
                        && view(mesh, 2).state() == ClusterView.State.SEEKING);

        mesh.heal();

        mesh.awaitReady(PATIENCE);
    }

    private static ClusterView view(Mesh mesh, int node) {
        return mesh.node(node).cluster().orElseThrow().membership().view();
    }

    private static boolean isAnswered(Mesh mesh, int caller) {
        return get(mesh.node(caller)
                .rpc()
                .call("far.away", PAYLOAD,
                        CallOptions.DEFAULT.withDeadline(SHORT))) instanceof Rpc.Outcome.Ok;
    }

    private static void bothSidesCount(Mesh mesh, int minority, int majority, long before) {
        count(mesh, minority);
        count(mesh, majority);
        assertThat(visits(mesh, minority)).isEqualTo(before + 1);
        assertThat(visits(mesh, majority)).isEqualTo(before + 1);
    }

    private static void theTimeOutSaysWhatDiffers(Mesh mesh, int minority, int majority) {
        count(mesh, majority);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> mesh.awaitConverged(Duration.ofMillis(300)))
                .withMessageStartingWith("waited 300 ms until the shared state of all living nodes"
                        + " is equal, but 'visits' (pn_counter): node 0 has ")
                .withMessageContaining("cut: ")
                .withMessageContaining("seed 1");
        assertThat(get(mesh.node(majority)
                .state()
                .orElseThrow()
                .update(VISITS, (visits, tick) -> visits.decrement(tick.dot(), 1))))
                .isInstanceOf(State.Changed.Done.class);
        assertThat(visits(mesh, minority)).isEqualTo(visits(mesh, majority));
    }

    /// The minority is the voter that led: it believes so still, and confirms nothing.
    private static void onlyTheMajorityGrants(Mesh mesh, int minority, int majority) {
        assertThat(get(mesh.node(minority)
                .coordination()
                .orElseThrow()
                .open("alone", PATIENCE, SHORT))).isInstanceOf(NoQuorum.class);
        try (var session = session(mesh, majority, PATIENCE)) {
            assertThat(get(session.acquireLock("printer", PATIENCE)))
                    .isInstanceOf(Acquired.Granted.class);
        }
        assertThat(mesh.leaderOf("mayor")).isEmpty();
    }

    private static void linksAndClusterFindOut(Mesh mesh, int minority) {
        mesh.await("the links across the cut are found dead", PATIENCE,
                () -> mesh.living()
                        .stream()
                        .allMatch(node -> mesh.node(node)
                                .sharedState()
                                .orElseThrow()
                                .reached()
                                .size() == (node == minority ? 0 : 1)));
        mesh.await("the member that is cut off misses the others", PATIENCE, () -> {
            var view = mesh.node(minority).cluster().orElseThrow().membership().view();
            return !view.isUp() || view.unreachable().size() == 2;
        });
    }

    @Test
    void whatAKilledNodeHeldPassesOnAndARestartFindsItsStateAgain(Mesh mesh) {
        int killed = leadingVoter(mesh);
        int heir = (killed + 1) % 3;
        var id = mesh.node(killed).id();
        count(mesh, killed);
        mesh.awaitConverged(PATIENCE);
        long before = visits(mesh, killed);
        var held = session(mesh, killed, Duration.ofSeconds(3));
        assertThat(get(held.electLeader("mayor", PATIENCE))).isInstanceOf(Standing.Leads.class);
        var candidate = session(mesh, heir, PATIENCE);
        assertThat(get(candidate.electLeader("mayor", PATIENCE)))
                .isInstanceOf(Standing.Follows.class);

        mesh.kill(killed);

        assertThat(mesh.living()).doesNotContain(killed).hasSize(2);
        mesh.await("the heir leads", PATIENCE, () -> mesh.leaderOf("mayor")
                .map(Leader::owner)
                .equals(Optional.of("node" + heir)));
        candidate.close();
        count(mesh, heir);

        mesh.restart(killed);
        mesh.awaitConverged(PATIENCE);
        assertThat(mesh.node(killed).id()).isEqualTo(id);
        assertThat(visits(mesh, killed)).isEqualTo(before + 1);
        mesh.awaitReady(PATIENCE);
    }
}
