package io.macula.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {

    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Key<String> A = Key.of("a");
    private static final Key<String> B = Key.of("b");
    private static final Duration SOON = Duration.ofMillis(200);

    @AfterAll
    static void end() {
        KIT.shutdownTestKit();
    }

    private static Behavior<String> throwing(Supplier<Error> cause) {
        return Behaviors.receiveMessage(_ -> {
            throw cause.get();
        });
    }

    private static long overflow(long depth) {
        return depth < 0 ? 0 : 1 + overflow(depth + 1);
    }

    /// Hangs in its first start or message until `release`, whoever interrupts it.
    private static void hang(CountDownLatch reached, CountDownLatch release) {
        reached.countDown();
        while (release.getCount() > 0) {
            Thread.interrupted();
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static Exit exitOf(Event event) {
        return ((Event.Exited) event).exit();
    }

    @ParameterizedTest
    @ValueSource(strings = {"StackOverflowError", "NoClassDefFoundError", "AssertionError"})
    void aFatalErrorOfOneChildEndsOnlyThatChild(String name) {
        var behavior = name.equals("StackOverflowError")
                ? Behaviors.<String>receiveMessage(
                        _ -> overflow(0) < 0 ? Behaviors.same() : Behaviors.stopped())
                : throwing(() -> name.equals("NoClassDefFoundError")
                        ? new NoClassDefFoundError("gone")
                        : new AssertionError(name));
        var tree = TestTree.up(KIT,
                Supervisor.oneForOne().child(A, behavior).child(B, Behaviors.empty()));
        var bystander = tree.running("b");

        tree.ref(A).tell("now");

        var exit = exitOf(tree.await(Event.Exited.class::isInstance));
        assertThat(exit).isInstanceOf(Exit.Failed.class);
        tree.awaitStart("a", 2);
        assertThat(tree.running("b")).isEqualTo(bystander);
        tree.stop();
    }

    @Test
    void aChildCrashesAsIfItHadThrownWhateverItsMessageType() {
        var tree = TestTree.up(KIT,
                Supervisor.oneForOne().child(Key.<Integer>of("numbers"), Behaviors.empty()));
        var cause = new java.io.IOException("link lost");

        assertThat(tree.supervision().crash(tree.path("numbers"), cause)).isTrue();

        assertThat(tree.await(Event.Exited.class::isInstance))
                .isEqualTo(new Event.Exited("numbers", 1, new Exit.Failed(cause)));
        tree.awaitStart("numbers", 2);
        tree.stop();
    }

    @Test
    void nothingIsCrashedOrKilledWhereNothingRuns() {
        var tree = TestTree.up(KIT, Supervisor.oneForOne());

        assertThat(tree.supervision().crash(tree.path("nobody"), new Error())).isFalse();
        assertThat(tree.supervision().kill(tree.path("nobody"))).isFalse();
        assertThat(tree.supervision().kill(TreePath.parse("no/such/tree"))).isFalse();
        assertThat(tree.supervision().crash(TreePath.of(), new Error())).isFalse();
        tree.stop();
    }

    @Test
    void aKilledChildRunsNoCleanupAndStartsAgain() {
        var cleaned = new AtomicBoolean();
        var tree = TestTree.up(KIT, Supervisor.oneForOne()
                .child(A, Behaviors.receive(String.class)
                        .onSignal(PostStop.class, _ -> {
                            cleaned.set(true);
                            return Behaviors.same();
                        })
                        .build()));

        assertThat(tree.supervision().kill(tree.path("a"))).isTrue();

        assertThat(exitOf(tree.await(Event.Exited.class::isInstance))).isEqualTo(new Exit.Killed());
        tree.awaitStart("a", 2);
        assertThat(cleaned).isFalse();
        tree.stop();
        assertThat(cleaned).isTrue();
    }

    @Test
    void aKillInterruptsAChildThatHangs() throws Exception {
        var reached = new CountDownLatch(1);
        var tree = TestTree.up(KIT, Supervisor.oneForOne().child(A, Behaviors.receiveMessage(_ -> {
            reached.countDown();
            new CountDownLatch(1).await();
            return Behaviors.same();
        })));
        tree.ref(A).tell("hang");
        reached.await();

        tree.supervision().kill(tree.path("a"));

        assertThat(exitOf(tree.await(Event.Exited.class::isInstance))).isEqualTo(new Exit.Killed());
        tree.awaitStart("a", 2);
        tree.stop();
    }

    @Test
    void killingASupervisorKillsAllBelowAndItIsRestartedWhole() {
        var spec = Supervisor.oneForOne()
                .supervisor("sub",
                        Supervisor.oneForOne()
                                .child(A, Behaviors.<String>empty())
                                .supervisor("deep",
                                        Supervisor.oneForOne()
                                                .child(B, Behaviors.<String>empty())));
        var tree = TestTree.up(KIT, spec);

        tree.supervision().kill(tree.path("sub"));

        tree.await(new Event.Exited("sub", 1, new Exit.Killed())::equals);
        tree.awaitStart("sub", 2);
        assertThat(tree.events()).contains(new Event.Exited("a", 1, new Exit.Killed()),
                new Event.Exited("b", 1, new Exit.Killed()),
                new Event.Exited("deep", 1, new Exit.Killed()));
        tree.stop();
    }

    @Test
    void aChildThatIgnoresInterruptionIsAbandonedWithItsStackAndReplaced() throws Exception {
        var reached = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var tree = TestTree.up(KIT, Supervisor.oneForOne()
                .abandonAfter(SOON)
                .child(A,
                        Behaviors.receiveMessage(message -> {
                            if (message.equals("hang")) {
                                hang(reached, release);
                            }
                            return Behaviors.same();
                        })));
        tree.ref(A).tell("hang");
        reached.await();

        tree.supervision().kill(tree.path("a"));

        var abandoned = (Event.Abandoned) tree.await(Event.Abandoned.class::isInstance);
        assertThat(abandoned.generation()).isEqualTo(1);
        assertThat(abandoned.stack()).anyMatch(frame -> frame.getMethodName().equals("hang"));
        tree.awaitStart("a", 2);
        assertThat(tree.stop()).isEqualTo(Exit.Shutdown.PLAIN);
        release.countDown();
    }

    @Test
    void aSupervisorDoesNotWaitForWhatItAbandonedAndNeitherDoesItsParent() throws Exception {
        var reached = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var stuck = Child.of(A, Behaviors.<String>receiveMessage(_ -> {
            hang(reached, release);
            return Behaviors.same();
        })).shutdown(Shutdown.timeout(SOON));
        var tree = TestTree.up(KIT, Supervisor.oneForOne()
                .supervisor("sub",
                        Supervisor.oneForOne().abandonAfter(SOON).child(stuck)));
        tree.refs().at("sub").get(A).tell("hang");
        reached.await();

        tree.supervision().crash(tree.path("sub"), new IllegalStateException("crash"));

        tree.await(Event.Abandoned.class::isInstance);
        tree.awaitStart("sub", 2);
        assertThat(tree.stop()).isEqualTo(Exit.Shutdown.PLAIN);
        release.countDown();
    }

    @Test
    void aChildHangingInItsStartCanBeKilled() throws Exception {
        var reached = new CountDownLatch(1);
        var starts = new AtomicInteger();
        var tree = TestTree.starting(KIT, Supervisor.oneForOne().child(A, _ -> {
            if (starts.incrementAndGet() == 1) {
                reached.countDown();
                await(new CountDownLatch(1));
            }
            return Behaviors.empty();
        }));
        reached.await();

        tree.supervision().kill(tree.path("a"));

        var failed = (Event.StartFailed) tree.await(Event.StartFailed.class::isInstance);
        assertThat(failed.reason()).isEqualTo(new Exit.Killed());
        assertThat(tree.exit()).isInstanceOf(Exit.Failed.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void aStopMessageLetsAChildDrainWhatItWasSentBefore() {
        var seen = new java.util.concurrent.CopyOnWriteArrayList<String>();
        var tree = TestTree.up(KIT,
                Supervisor.oneForOne().child(Child.of(A, Behaviors.receiveMessage(message -> {
                    if (message.equals("drain")) {
                        return Behaviors.stopped();
                    }
                    seen.add(message);
                    return Behaviors.same();
                })).withStopMessage("drain")));
        List.of("1", "2", "3").forEach(tree.ref(A)::tell);

        tree.stop();

        assertThat(seen).containsExactly("1", "2", "3");
    }

    @Test
    void aTreeStoppedFromOutsideStillTellsThatItEnded() {
        var tree = TestTree.up(KIT, Supervisor.oneForOne().child(A, Behaviors.empty()));

        KIT.stop(tree.root());

        assertThat(tree.exit()).isEqualTo(new Exit.Shutdown("stopped from outside"));
        assertThat(tree.supervision().whenDown(tree.path().toString()).toCompletableFuture())
                .isCompletedWithValue(new Exit.Shutdown("stopped from outside"));
    }

    @Test
    void anActorSystemThatTerminatesStopsItsTreesInReverseOrderFirst() {
        var kit = ActorTestKit.create();
        var tree = TestTree.up(kit,
                Supervisor.oneForOne()
                        .child(A, Behaviors.<String>empty())
                        .child(B,
                                Behaviors.<String>empty()));

        kit.system().terminate();

        assertThat(tree.exit()).isEqualTo(Exit.Shutdown.PLAIN);
        assertThat(tree.events()).endsWith(new Event.Exited("b", 1, Exit.Shutdown.PLAIN),
                new Event.Exited("a", 1, Exit.Shutdown.PLAIN));
    }

    @Test
    void aSlowStartHoldsItsSiblingsUntilItIsReady() throws Exception {
        var opened = new CompletableFuture<Runnable>();
        var tree = TestTree.starting(KIT, Supervisor.oneForOne().child(Child.of(A, starting -> {
            opened.complete(starting::ready);
            return Behaviors.<String>empty();
        }).withSignalsReady()).child(B, Behaviors.empty()));

        var ready = TestTree.get(opened);
        assertThat(tree.events()).isEmpty();
        ready.run();

        tree.awaitStart("b", 1);
        assertThat(tree.stop()).isEqualTo(Exit.Shutdown.PLAIN);
    }
}
