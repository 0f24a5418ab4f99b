package io.macula.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LiveTreeTest {

    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Key<String> A = Key.of("a");
    private static final Key<String> B = Key.of("b");

    @AfterAll
    static void end() {
        KIT.shutdownTestKit();
    }

    @Test
    void showsEveryPlaceInOrder() {
        var tree = TestTree.up(KIT, Supervisor.restForOne()
                .intensity(5, Duration.ofSeconds(10))
                .child(B, Behaviors.empty())
                .supervisor("sub", Supervisor.oneForAll().child(A, Behaviors.empty())));

        var root = tree.supervision().snapshot(tree.path()).orElseThrow();

        assertThat(root.id()).isEqualTo(tree.path().id());
        assertThat(root.limits())
                .isEqualTo(new Node.Limits(Strategy.REST_FOR_ONE, 0, 5, Duration.ofSeconds(10)));
        assertThat(root.children()).extracting(Node::id).containsExactly("b", "sub");
        assertThat(root.children().getLast().children())
                .extracting(Node::id, Node::state, Node::generation)
                .containsExactly(tuple("a", ChildState.RUNNING, 1));
        assertThat(tree.supervision().snapshot()).extracting(Node::id).contains(root.id());
        tree.stop();
    }

    @Test
    void countsRestartsInTheWindowAndRemembersTheLastExit() {
        var tree = TestTree.up(KIT, Supervisor.oneForOne()
                .intensity(5, Duration.ofSeconds(10))
                .child(A, Behaviors.empty()));
        var cause = new IllegalStateException("crash");

        tree.supervision().crash(tree.path("a"), cause);
        tree.awaitStart("a", 2);

        var child = tree.supervision().snapshot(tree.path("a")).orElseThrow();
        assertThat(child.generation()).isEqualTo(2);
        assertThat(child.lastExit()).isEqualTo(new Exit.Failed(cause));
        assertThat(restarts(tree)).isEqualTo(1);
        tree.timePasses(Duration.ofSeconds(11));
        assertThat(restarts(tree)).isZero();
        tree.stop();
    }

    private static int restarts(TestTree tree) {
        var limits = tree.supervision().snapshot(tree.path()).orElseThrow().limits();
        return limits == null ? -1 : limits.restarts();
    }

    @Test
    void answersWhileAChildHangsInItsStartAndShowsWhere() throws Exception {
        var reached = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var tree = TestTree.starting(KIT,
                Supervisor.oneForOne().child(A, Behaviors.empty()).child(B, _ -> {
                    hangHere(reached, release);
                    return Behaviors.empty();
                }));
        reached.await();

        var first = tree.supervision().snapshot(tree.path("b")).orElseThrow();
        var second = tree.supervision().snapshot(tree.path("b")).orElseThrow();

        assertThat(first.state()).isEqualTo(ChildState.STARTING);
        var before = Objects.requireNonNull(first.running());
        var after = Objects.requireNonNull(second.running());
        assertThat(before.stack()).anyMatch(frame -> frame.getMethodName().equals("hangHere"));
        assertThat(after.time()).isGreaterThanOrEqualTo(before.time()).isPositive();
        assertThat(tree.supervision().snapshot(tree.path("a")).orElseThrow().running()).isNull();
        release.countDown();
        tree.awaitStart("b", 1);
        tree.stop();
    }

    private static void hangHere(CountDownLatch reached, CountDownLatch release) {
        reached.countDown();
        try {
            release.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void aDeletedChildIsNoLongerShown() {
        var tree = TestTree.up(KIT, Supervisor.oneForOne().child(A, Behaviors.empty()));

        tree.terminate("a");
        assertThat(tree.supervision().snapshot(tree.path("a")).orElseThrow().state())
                .isEqualTo(ChildState.DOWN);
        tree.delete("a");

        assertThat(tree.supervision().snapshot(tree.path("a"))).isEmpty();
        tree.stop();
    }

    @Test
    void aRestartedSupervisorForgetsWhatWasAddedAtRunTime() {
        var tree = TestTree.up(KIT, Supervisor.oneForOne()
                .supervisor("sub", Supervisor.oneForOne()
                        .child(A, Behaviors.empty())));
        var sub = tree.refs().at("sub").supervisor();
        tree.<StartResult>ask(sub,
                to -> new Supervisor.StartChild(Child.of(B, Behaviors.empty()), to));
        assertThat(tree.supervision().snapshot(tree.path("sub")).orElseThrow().children())
                .hasSize(2);

        tree.supervision().crash(tree.path("sub"), new IllegalStateException("crash"));
        tree.awaitStart("sub", 2);

        assertThat(tree.supervision().snapshot(tree.path("sub")).orElseThrow().children())
                .extracting(Node::id)
                .containsExactly("a");
        tree.stop();
    }

    @Test
    void keepsTheLastEventsOfASupervisorThatGaveUp() {
        var tree = TestTree.up(KIT, Supervisor.oneForOne()
                .supervisor("sub", Supervisor.oneForOne()
                        .intensity(0, Duration.ofSeconds(5))
                        .child(A, Behaviors.empty())));

        tree.supervision().crash(tree.path("sub", "a"), new IllegalStateException("crash"));
        tree.awaitStart("sub", 2);

        assertThat(tree.supervision().events(tree.path("sub"))).extracting(Occurrence::event)
                .anyMatch(new Event.GaveUp("a", 0, Duration.ofSeconds(5))::equals);
        tree.stop();
    }

    @Test
    void keepsNoMoreThanTheLast64Events() {
        var tree = TestTree.up(KIT, Supervisor.oneForOne()
                .intensity(100, Duration.ofSeconds(5))
                .child(A, Behaviors.empty()));

        for (int generation = 1; generation <= 40; generation++) {
            tree.supervision().crash(tree.path("a"), new IllegalStateException("crash"));
            tree.awaitStart("a", generation + 1);
        }

        var events = tree.supervision().events(tree.path());
        assertThat(events).hasSize(64);
        assertThat(events.getLast().event()).isEqualTo(new Event.Started("a", 41));
        tree.stop();
    }

    @Test
    void tellsSubscribersUntilTheyClose() {
        var probe = KIT.createTestProbe(Occurrence.class);
        var supervision = Supervision.of(KIT.system());
        var subscription = supervision.subscribe(probe.ref());

        var tree = TestTree.up(KIT, Supervisor.oneForOne().child(A, Behaviors.empty()));

        assertThat(probe.receiveMessage().supervisor()).isEqualTo(tree.path());
        subscription.close();
        tree.stop();
        probe.expectNoMessage(Duration.ZERO);
    }

    @Test
    void aListenerThatThrowsHarmsNobody() {
        var supervision = Supervision.of(KIT.system());
        try (var _ = supervision.subscribe(_ -> {
            throw new IllegalStateException("bad listener");
        })) {
            var tree = TestTree.up(KIT, Supervisor.oneForOne().child(A, Behaviors.empty()));

            assertThat(tree.stop()).isEqualTo(Exit.Shutdown.PLAIN);
        }
    }

    @Test
    void tellsWhenATreeIsUpEvenIfAskedBeforeItExists() {
        var supervision = Supervision.of(KIT.system());
        var up = supervision.whenUp("awaited").toCompletableFuture();

        KIT.spawn(Supervisor.root("awaited", Supervisor.oneForOne().child(A, Behaviors.empty())));

        assertThat(TestTree.get(up).path()).isEqualTo(TreePath.of("awaited"));
    }

    @Test
    void tellsWhyATreeDidNotComeUp() {
        var supervision = Supervision.of(KIT.system());
        var up = supervision.whenUp("failing").toCompletableFuture();

        KIT.spawn(Supervisor.root(Root.of("failing").unlogged(),
                Supervisor.oneForOne().child(A, _ -> {
                    throw new IllegalStateException("no disk");
                })));

        assertThat(up).failsWithin(Duration.ofSeconds(20))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(StartFailedException.class)
                .withMessageContaining("no disk");
    }

    @Test
    void twoRunningTreesCannotShareAName() {
        var first = TestTree.up(KIT, Supervisor.oneForOne());
        var exit = new CompletableFuture<Exit>();

        var second = KIT.spawn(Supervisor.root(Root.of(first.path().id()).onExit(exit::complete),
                Supervisor.oneForOne()));

        KIT.<String>createTestProbe().expectTerminated(second);
        assertThat(exit).isNotDone();
        assertThat(first.counts().specs()).isZero();
        first.stop();
    }

    @Test
    void aNameIsFreeAgainOnceItsTreeHasEnded() {
        for (int round = 0; round < 3; round++) {
            var up = new CompletableFuture<Boolean>();
            var down = new CompletableFuture<Exit>();
            var root = KIT.spawn(Supervisor.root(Root.of("phoenix")
                    .onUp(() -> up.complete(true))
                    .onExit(down::complete), Supervisor.oneForOne()));

            assertThat(TestTree.get(up)).isTrue();
            root.tell(new Supervisor.Stop());
            assertThat(TestTree.get(down)).isEqualTo(Exit.Shutdown.PLAIN);
        }
    }

    @Test
    void thereAreNoRefsWhereNoTreeHasStarted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Supervision.of(KIT.system()).ref(TreePath.of("nowhere"), A))
                .withMessageContaining("nowhere");
    }
}
