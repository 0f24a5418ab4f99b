package io.macula.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class StableRefTest {

    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Key<String> A = Key.of("a");
    private static final Key<String> B = Key.of("b");

    private final TestProbe<String> probe = KIT.createTestProbe(String.class);

    @AfterAll
    static void end() {
        KIT.shutdownTestKit();
    }

    private Behavior<String> echo(String name) {
        return Behaviors.receiveMessage(message -> {
            if (message.equals("crash")) {
                throw new IllegalStateException("told to crash");
            }
            probe.ref().tell(name + " " + message);
            return Behaviors.same();
        });
    }

    @Test
    void standsOnTheInternalsOfPekko170() throws Exception {
        var version = org.apache.pekko.Version.current();
        var method = org.apache.pekko.actor.ActorCell.class.getMethod("addFunctionRef",
                scala.Function2.class,
                String.class);

        assertThat(version).as("check FunctionRefs against the new version, then change this line")
                .isEqualTo("1.7.0");
        assertThat(method.getReturnType()).isEqualTo(org.apache.pekko.actor.FunctionRef.class);
    }

    @Test
    void passesOnUntilReleasedHoweverItIsMade() {
        var letters = KIT.createTestProbe(DeadLetter.class);
        KIT.system()
                .eventStream()
                .tell(new EventStream.Subscribe<>(DeadLetter.class, letters.ref()));
        KIT.spawn(Behaviors.setup(context -> {
            for (var refs : List.of(StableRefs.ownedBy(context), new Relays(context.getSystem()))) {
                var ref = refs.create("name", message -> probe.ref().tell("got " + message));
                ref.tell(1);
                refs.release(ref);
                KIT.<Object>createTestProbe().expectTerminated(ref);
                ref.tell(2);
            }
            return Behaviors.empty();
        }));

        probe.expectMessage("got 1");
        probe.expectMessage("got 1");
        assertThat(letters.receiveMessage().message()).isEqualTo(2);
        assertThat(letters.receiveMessage().message()).isEqualTo(2);
    }

    @Test
    void needsNoMailboxOnThisPekko() {
        var kind = new CompletableFuture<Class<?>>();

        KIT.spawn(Behaviors.setup(context -> {
            kind.complete(StableRefs.ownedBy(context).getClass());
            return Behaviors.empty();
        }));

        assertThat(TestTree.get(kind)).isEqualTo(FunctionRefs.class);
    }

    @Test
    void outlivesRestartsOfItsChild() {
        var tree = TestTree.up(KIT, Supervisor.oneForOne().child(A, echo("a")));
        var ref = tree.ref(A);

        ref.tell("crash");
        tree.awaitStart("a", 2);
        ref.tell("hello");

        probe.expectMessage("a hello");
    }

    @Test
    void mayBeTakenBeforeItsSupervisorHasEverStarted() {
        var tree = TestTree.up(KIT, Supervisor.dynamic(5));
        var ref = tree.refs().at("later").get(B);
        ref.tell("too early");

        tree.start(Child.supervisor("later", Supervisor.oneForOne().child(B, echo("b"))));
        ref.tell("hello");

        probe.expectMessage("b hello");
    }

    @Test
    void outlivesRestartsOfTheSupervisorsAbove() {
        var tree = TestTree.up(KIT,
                Supervisor.oneForOne()
                        .intensity(5, Duration.ofSeconds(5))
                        .supervisor("one",
                                Supervisor.oneForOne()
                                        .supervisor("two",
                                                Supervisor.oneForOne().child(B, echo("b")))));
        var ref = tree.refs().at("one", "two").get(B);

        assertThat(tree.supervision().crash(tree.path("one"), new IllegalStateException("crash")))
                .isTrue();
        tree.awaitStart("one", 2);
        ref.tell("hello");

        probe.expectMessage("b hello");
    }

    @Test
    void reachesCousinsThroughTheRoot() {
        var tree = TestTree.up(KIT, Supervisor.oneForOne()
                .supervisor("left", Supervisor.oneForOne().child(A, refs -> {
                    refs.root().at("right").get(B).tell("from a");
                    refs.parent().at("right").get(B).tell("from a again");
                    return echo("a");
                }))
                .supervisor("right", Supervisor.oneForOne().child(B, echo("b"))));

        tree.refs().at("left").get(A).tell("crash");

        probe.expectMessage("b from a");
        probe.expectMessage("b from a again");
    }

    @Test
    void isOneAndTheSameForAll() {
        var tree = TestTree.up(KIT, Supervisor.oneForOne().child(A, echo("a")));

        assertThat(tree.ref(A)).isSameAs(tree.refs().root().get(A));
    }

    @Test
    void sendsToDeadLettersWhileNobodyLivesThere() {
        var letters = KIT.createTestProbe(DeadLetter.class);
        KIT.system()
                .eventStream()
                .tell(new EventStream.Subscribe<>(DeadLetter.class, letters.ref()));
        var tree = TestTree.up(KIT, Supervisor.oneForOne().child(A, echo("a")));
        tree.terminate("a");

        tree.ref(A).tell("nobody");

        letters.fishForMessage(Duration.ofSeconds(10), letter -> letter.message().equals("nobody")
                ? org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes.complete()
                : org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes.continueAndIgnore());
    }

    @Test
    void isReleasedWhenItsChildIsDeleted() throws Exception {
        var tree = TestTree.up(KIT, Supervisor.dynamic(5));
        var gone = startAndDelete(tree);

        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (gone.get() != null && System.nanoTime() < deadline) {
            System.gc();
            KIT.createTestProbe(String.class).expectNoMessage(Duration.ofMillis(1));
        }

        assertThat(gone.get()).isNull();
    }

    private WeakReference<ActorRef<String>> startAndDelete(TestTree tree) {
        tree.start(Child.of(A, echo("a")));
        var ref = tree.ref(A);
        ref.tell("hello");
        probe.expectMessage("a hello");
        assertThat(tree.terminate("a")).isEqualTo(TerminateResult.TERMINATED);
        return new WeakReference<>(ref);
    }

    /// A ping is safe when its sender found a generation whose setup had run and, after sending, that
    /// generation not yet told to crash: it lies in the mailbox before the crash, so it must arrive.
    @Test
    void losesNoMessageSentAfterTheNewGenerationsSetupHasRun() throws Exception {
        int crashes = 5_000;
        var storm = new Storm();
        KIT.system()
                .eventStream()
                .tell(new EventStream.Subscribe<>(DeadLetter.class, storm.letters()));
        var tree = TestTree.up(KIT,
                Supervisor.oneForOne()
                        .intensity(10 * crashes, Duration.ofSeconds(1))
                        .child(Storm.KEY, _ -> storm.child()));

        storm.rage(tree, crashes);
        tree.stop();

        assertThat(storm.lost.stream().filter(ping -> ping.safe).count()).isZero();
        assertThat(storm.safelySent.get()).isGreaterThan(crashes);
        assertThat(storm.alive.get()).isEqualTo(crashes + 1);
    }

    private static final class Ping {
        final boolean crash;
        volatile boolean safe;

        Ping(boolean crash) {
            this.crash = crash;
        }
    }

    private static final class Storm {
        static final Key<Ping> KEY = Key.of("pinged");
        static final int SENDERS = 8;

        final AtomicInteger alive = new AtomicInteger();
        final AtomicInteger doomed = new AtomicInteger();
        final AtomicLong safelySent = new AtomicLong();
        final Queue<Ping> lost = new ConcurrentLinkedQueue<>();
        final AtomicBoolean over = new AtomicBoolean();

        Behavior<Ping> child() {
            return Behaviors.setup(_ -> {
                alive.incrementAndGet();
                return Behaviors.receiveMessage(ping -> {
                    if (ping.crash) {
                        throw new IllegalStateException("told to crash");
                    }
                    return Behaviors.same();
                });
            });
        }

        ActorRef<DeadLetter> letters() {
            return KIT.spawn(Behaviors.receiveMessage(letter -> {
                if (letter.message() instanceof Ping ping) {
                    lost.add(ping);
                }
                return Behaviors.same();
            }));
        }

        void send(ActorRef<Ping> ref) {
            while (!over.get()) {
                var ping = new Ping(false);
                var generation = alive.get();
                ref.tell(ping);
                if (generation > doomed.get()) {
                    ping.safe = true;
                    safelySent.incrementAndGet();
                }
                LockSupport.parkNanos(20_000);
            }
        }

        void rage(TestTree tree, int crashes) {
            var ref = tree.ref(KEY);
            try (var senders = Executors.newFixedThreadPool(SENDERS)) {
                for (int i = 0; i < SENDERS; i++) {
                    senders.execute(() -> send(ref));
                }
                crash(tree, ref, crashes);
            }
        }

        private void crash(TestTree tree, ActorRef<Ping> ref, int crashes) {
            try {
                for (int generation = 1; generation <= crashes; generation++) {
                    tree.awaitStart(KEY.id(), generation);
                    doomed.set(generation);
                    ref.tell(new Ping(true));
                }
                tree.awaitStart(KEY.id(), crashes + 1);
            } finally {
                over.set(true);
            }
        }
    }
}
