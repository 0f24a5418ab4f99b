package io.macula.supervision.otp;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.supervision.Child;
import io.macula.supervision.Event;
import io.macula.supervision.Exit;
import io.macula.supervision.Key;
import io.macula.supervision.Restart;
import io.macula.supervision.Shutdown;
import io.macula.supervision.StartResult;
import io.macula.supervision.Supervisor;
import io.macula.supervision.TestTree;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/// How a supervisor and its children stop.
class OtpStopTest extends OtpSuite {

    @Test
    void sup_stop_infinity() throws InterruptedException {
        asRecorded("sup_stop_infinity");
    }

    @Test
    void sup_stop_timeout() throws InterruptedException {
        asRecorded("sup_stop_timeout");
    }

    @Test
    void sup_stop_timeout_dynamic() throws InterruptedException {
        asRecorded("sup_stop_timeout_dynamic");
    }

    @Test
    void sup_stop_brutal_kill() throws InterruptedException {
        asRecorded("sup_stop_brutal_kill");
    }

    @Test
    void sup_stop_brutal_kill_dynamic() throws InterruptedException {
        asRecorded("sup_stop_brutal_kill_dynamic");
    }

    @Test
    void simple_one_for_one_shutdown() throws InterruptedException {
        asRecorded("simple_one_for_one_shutdown");
    }

    @Test
    void sup_stop_race() {
        var tree = TestTree.up(kit, Supervisor.oneForOne()
                .child(CHILD1, worker())
                .child(CHILD2,
                        refs -> Behaviors.receive(String.class).onSignal(PostStop.class, _ -> {
                            refs.get(CHILD1).tell("crash");
                            return Behaviors.same();
                        }).build()));

        assertThat(tree.stop()).isEqualTo(Exit.Shutdown.PLAIN);

        assertThat(tree.events()).filteredOn(Event.Started.class::isInstance).hasSize(2);
        assertThat(tree.events()).filteredOn(Event.Exited.class::isInstance)
                .extracting(Event::id)
                .containsExactlyInAnyOrder("child2", "child1");
    }

    @Test
    void sup_stop_non_shutdown_exit_dynamic() {
        var tree = TestTree.up(kit, Supervisor.dynamic(3));
        for (var key : List.of(CHILD1, CHILD2, CHILD3)) {
            tree.start(Child.of(key, Behaviors.receive(String.class).onSignal(PostStop.class, _ -> {
                throw new IllegalStateException("bad cleanup");
            }).build()));
        }

        assertThat(tree.stop()).isEqualTo(Exit.Shutdown.PLAIN);

        assertThat(tree.events()).filteredOn(Event.Exited.class::isInstance)
                .hasSize(3)
                .allMatch(event -> ((Event.Exited) event).exit() instanceof Exit.Failed);
    }

    /// Whoever holds the supervisor's ref may stop it; children end by their own rules.
    @Test
    void sup_stop_manual() throws InterruptedException {
        var busy = new CountDownLatch(1);
        var tree = TestTree.up(kit, Supervisor.oneForOne()
                .child(Child.of(CHILD1, worker()).shutdown(Shutdown.brutalKill()))
                .child(CHILD2, worker())
                .child(Child.of(CHILD3, waitsFor(new CountDownLatch(1), busy))
                        .shutdown(Shutdown.timeout(Duration.ofMillis(50)))));
        tree.ref(CHILD3).tell("wait");
        busy.await();

        assertThat(tree.stop()).isEqualTo(Exit.Shutdown.PLAIN);

        assertThat(exits(tree)).containsExactly(new Event.Exited("child3", 1, new Exit.Killed()),
                new Event.Exited("child2", 1, Exit.Shutdown.PLAIN),
                new Event.Exited("child1", 1, new Exit.Killed()));
    }

    /// Giving up waiting for the end changes nothing about it.
    @Test
    void sup_stop_manual_timeout() throws InterruptedException {
        var busy = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var tree = TestTree.up(kit, Supervisor.oneForOne()
                .child(Child.of(CHILD1, waitsFor(release, busy))
                        .shutdown(Shutdown.timeout(Duration.ofMinutes(1))))
                .child(CHILD2, worker()));
        tree.ref(CHILD1).tell("wait");
        busy.await();

        tree.root().tell(new Supervisor.Stop());
        tree.await(new Event.Exited("child2", 1, Exit.Shutdown.PLAIN)::equals);
        assertThat(exits(tree)).as("the first is still busy, and we wait no longer").hasSize(1);
        release.countDown();

        assertThat(tree.exit()).isEqualTo(Exit.Shutdown.PLAIN);
        assertThat(exits(tree)).last()
                .isEqualTo(
                        new Event.Exited("child1", 1, Exit.Shutdown.PLAIN));
    }

    private static List<Event> exits(TestTree tree) {
        return tree.events().stream().filter(Event.Exited.class::isInstance).toList();
    }

    /// Any message keeps it busy until `release`, or until it is interrupted.
    private static Behavior<String> waitsFor(CountDownLatch release, CountDownLatch busy) {
        return Behaviors.receiveMessage(_ -> {
            busy.countDown();
            release.await();
            return Behaviors.same();
        });
    }

    @Test
    void child_unlink() throws InterruptedException {
        var reached = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var naughty = Child.of(CHILD1, Behaviors.<String>receiveMessage(_ -> {
            reached.countDown();
            while (release.getCount() > 0) {
                Thread.interrupted();
                Thread.onSpinWait();
            }
            return Behaviors.same();
        })).shutdown(Shutdown.timeout(Duration.ofMillis(50)));
        var tree = TestTree.up(kit,
                Supervisor.oneForOne().abandonAfter(Duration.ofMillis(100)).child(naughty));
        tree.ref(CHILD1).tell("hang");
        reached.await();

        assertThat(tree.stop()).isEqualTo(Exit.Shutdown.PLAIN);

        assertThat(tree.events()).anyMatch(Event.Abandoned.class::isInstance);
        release.countDown();
    }

    @Test
    void scale_start_stop_many_children() {
        startAndStop(1_000, Restart.PERMANENT);

        var few = startAndStop(500, Restart.PERMANENT);
        var many = startAndStop(10_000, Restart.PERMANENT);

        assertThat(many).isLessThan(10 * 20 * few);
    }

    @Test
    void simple_one_for_one_scale_many_temporary_children() {
        startAndStop(1_000, Restart.TEMPORARY);

        var few = startAndStop(500, Restart.TEMPORARY);
        var many = startAndStop(10_000, Restart.TEMPORARY);

        assertThat(many).isLessThan(10 * 20 * few);
    }

    /// Nanoseconds from the first start to the last death.
    private long startAndStop(int count, Restart restart) {
        var children = IntStream.range(0, count)
                .<Child<?>>mapToObj(i -> Child.of(Key.<String>of("c" + i),
                        Behaviors.<String>empty()).restart(restart))
                .toList();
        var begun = System.nanoTime();
        var tree = TestTree.up(kit, restart == Restart.TEMPORARY
                ? Supervisor.dynamic(count)
                : Supervisor.oneForOne().children(children));
        if (restart == Restart.TEMPORARY) {
            assertThat(
                    tree.<List<StartResult>>ask(to -> new Supervisor.StartChildren(children, to)))
                    .hasSize(count)
                    .allMatch(StartResult.Started.class::isInstance);
        }
        assertThat(tree.stop()).isEqualTo(Exit.Shutdown.PLAIN);
        return System.nanoTime() - begun;
    }
}
