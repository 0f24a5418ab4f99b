package io.macula.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.app.coordination.Acquired;
import io.macula.app.coordination.Fence;
import io.macula.app.coordination.NoQuorum;
import io.macula.app.coordination.Opening;
import io.macula.app.coordination.Released;
import io.macula.runtime.Node;
import io.macula.runtime.coordination.CoordinationView;
import io.macula.runtime.coordination.CoordinationView.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Members of a Cluster whose voters come and go with them.
class CoordinationIT {

    private static final String KEEPER = "macula/platform_system/coordination";
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir Path folder;

    @AutoClose
    @Nullable ClusterNodes cluster;

    @BeforeEach
    void prepare() {
        cluster = new ClusterNodes(folder, 4, """
            macula.state.enabled = false
            macula.coordination.replace-after = 5 s
            """);
    }

    private ClusterNodes cluster() {
        return Objects.requireNonNull(cluster);
    }

    private Node node(int number) {
        return cluster().node(number);
    }

    private void start(int number) {
        cluster().start(number);
    }

    private void stop(int number) {
        cluster().stop(number);
    }

    private CoordinationView view(int number) {
        return node(number).coordinationView().orElseThrow();
    }

    private List<Integer> leaders() {
        return cluster().running()
                .keySet()
                .stream()
                .filter(number -> view(number).state() == State.LEADER)
                .toList();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(120, TimeUnit.SECONDS).join();
    }

    /// Takes a free lock and gives it back.
    private Fence grant(int number) {
        var coordination = node(number).coordination().orElseThrow();
        var opened = get(coordination.open("node" + number, LONG, LONG));
        assertThat(opened).isInstanceOf(Opening.Opened.class);
        try (var session = ((Opening.Opened) opened).session()) {
            var acquired = get(session.acquireLock("lock", LONG));
            assertThat(acquired).isInstanceOf(Acquired.Granted.class);
            var lock = ((Acquired.Granted) acquired).lock();
            assertThat(get(session.release(lock, LONG))).isEqualTo(new Released.Done());
            return lock.fence();
        }
    }

    /// One test, because starting nodes is what takes the time.
    @Test
    void fencesGrowWhileVotersCrashLeaveAndAreReplaced() {
        for (var number = 0; number < 3; number++) {
            start(number);
        }
        var fence = everybodyIsGrantedALock();
        fence = aCrashedProcessGoesOnFromItsDisk(fence);
        fence = theLeadersNodeGoes(fence);
        aNewMemberVotesInThePlaceOfOneThatIsGone(fence);
        aMinorityIsToldSo();
    }

    private Fence everybodyIsGrantedALock() {
        var first = grant(2);
        var second = grant(0);
        var third = grant(1);

        assertThat(second).isGreaterThan(first);
        assertThat(third).isGreaterThan(second);
        await().atMost(Mesh.PATIENCE).until(() -> leaders().size() == 1);
        return third;
    }

    private Fence aCrashedProcessGoesOnFromItsDisk(Fence before) {
        int leader = leaders().getFirst();
        var id = view(leader).own();

        assertThat(node(leader).crash(KEEPER)).isTrue();
        var fence = grant(leader);

        assertThat(fence).isGreaterThan(before);
        await().atMost(Mesh.PATIENCE).until(() -> view(leader).state() != State.CLIENT);
        assertThat(view(leader).own()).isEqualTo(id);
        return fence;
    }

    private Fence theLeadersNodeGoes(Fence before) {
        await().atMost(Mesh.PATIENCE).until(() -> leaders().size() == 1);
        stop(leaders().getFirst());

        var fence = grant(cluster().running().keySet().iterator().next());

        assertThat(fence).isGreaterThan(before);
        return fence;
    }

    private void aNewMemberVotesInThePlaceOfOneThatIsGone(Fence before) {
        start(3);

        assertThat(grant(3)).as("before it votes").isGreaterThan(before);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(cluster().running().keySet()).allSatisfy(number -> {
                    assertThat(view(number).voters()).hasSize(3);
                    assertThat(view(number).ownVoter()).as("voter %d", number).isPresent();
                }));
    }

    private void aMinorityIsToldSo() {
        int last = 3;
        List.copyOf(cluster().running().keySet())
                .stream()
                .filter(number -> number != last)
                .forEach(this::stop);

        var opened = get(node(last).coordination().orElseThrow().open("alone", LONG, SHORT));

        assertThat(opened).isInstanceOf(NoQuorum.class);
    }
}
