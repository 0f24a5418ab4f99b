package io.macula.supervision.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.macula.supervision.Child;
import io.macula.supervision.ChildCounts;
import io.macula.supervision.ChildInfo;
import io.macula.supervision.ChildState;
import io.macula.supervision.DeleteResult;
import io.macula.supervision.Event;
import io.macula.supervision.Exit;
import io.macula.supervision.Key;
import io.macula.supervision.RestartResult;
import io.macula.supervision.Spec;
import io.macula.supervision.StartResult;
import io.macula.supervision.Supervisor;
import io.macula.supervision.TerminateResult;
import io.macula.supervision.TestTree;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/// What can be asked of a running supervisor.
class OtpAdministrationTest extends OtpSuite {

    @Test
    void child_adm() throws InterruptedException {
        asRecorded("child_adm");
    }

    @Test
    void child_adm_simple() throws InterruptedException {
        asRecorded("child_adm_simple");
    }

    @Test
    void count_children() throws InterruptedException {
        asRecorded("count_children");
    }

    @Test
    void count_children_supervisor() throws InterruptedException {
        asRecorded("count_children_supervisor");
    }

    @Test
    void which_children() throws InterruptedException {
        asRecorded("which_children");
    }

    @Test
    void which_children_simple_one_for_one() throws InterruptedException {
        asRecorded("which_children_simple_one_for_one");
    }

    @Test
    void do_not_save_child_specs_for_temporary_children() throws InterruptedException {
        asRecorded("do_not_save_child_specs_for_temporary_children");
    }

    private static final Spec FOREVER = Supervisor.oneForOne()
            .intensity(1_000_000, Duration.ofHours(1));

    /// A child that starts, crashes, and then fails each start while `broken`.
    private static Child<String> flaky(Key<String> key, AtomicBoolean broken) {
        return Child.of(key, _ -> {
            if (broken.get()) {
                throw new IllegalStateException("cannot start");
            }
            return worker();
        });
    }

    private static void breakDown(TestTree tree, String id, AtomicBoolean broken) {
        broken.set(true);
        tree.supervision().crash(tree.path(id), new IllegalStateException("crash"));
        tree.await(Event.StartFailed.class::isInstance);
    }

    @Test
    void hanging_restart_loop() {
        var broken = new AtomicBoolean();
        var child = flaky(CHILD1, broken);
        var tree = TestTree.up(kit, FOREVER.child(child).child(CHILD2, worker()));
        var bystander = tree.running("child2");

        breakDown(tree, "child1", broken);

        assertThat(tree.start(child)).isInstanceOf(StartResult.AlreadyPresent.class);
        assertThat(tree.restart("child1")).isInstanceOf(RestartResult.Restarting.class);
        assertThat(tree.delete("child1")).isEqualTo(DeleteResult.RESTARTING);
        assertThat(tree.running("child2")).isEqualTo(bystander);
        assertThat(tree.terminate("child1")).isEqualTo(TerminateResult.TERMINATED);
        assertThat(tree.restart("child1")).isInstanceOf(RestartResult.Failed.class);
        broken.set(false);
        assertThat(tree.restart("child1")).isInstanceOf(RestartResult.Restarted.class);
        assertThat(tree.stop()).isEqualTo(Exit.Shutdown.PLAIN);
    }

    @Test
    void hanging_restart_loop_rest_for_one() {
        var broken = new AtomicBoolean();
        var tree = TestTree.up(kit,
                Supervisor.restForOne()
                        .intensity(1_000_000, Duration.ofHours(1))
                        .child(CHILD1, worker())
                        .child(flaky(CHILD2, broken))
                        .child(CHILD3, worker()));
        var first = tree.running("child1");

        breakDown(tree, "child2", broken);

        assertThat(tree.running("child1")).isEqualTo(first);
        assertThat(tree.children()).extracting(ChildInfo::id, ChildInfo::state)
                .contains(
                        tuple("child3", ChildState.DOWN), tuple("child1", ChildState.RUNNING));
        assertThat(tree.terminate("child2")).isEqualTo(TerminateResult.TERMINATED);
        assertThat(tree.restart("child3")).isInstanceOf(RestartResult.Restarted.class);
        assertThat(tree.delete("child2")).isEqualTo(DeleteResult.DELETED);
        assertThat(tree.stop()).isEqualTo(Exit.Shutdown.PLAIN);
    }

    @Test
    void hanging_restart_loop_simple() {
        var broken = new AtomicBoolean();
        var tree = TestTree.up(kit,
                Supervisor.dynamic(5).intensity(1_000_000, Duration.ofHours(1)));
        tree.start(flaky(CHILD1, broken));

        breakDown(tree, "child1", broken);

        assertThat(tree.restart("child1")).isInstanceOf(RestartResult.NotSupported.class);
        assertThat(tree.delete("child1")).isEqualTo(DeleteResult.NOT_SUPPORTED);
        assertThat(tree.terminate("child1")).isEqualTo(TerminateResult.TERMINATED);
        assertThat(tree.children()).isEmpty();
        assertThat(tree.stop()).isEqualTo(Exit.Shutdown.PLAIN);
    }

    @Test
    void count_restarting_children() {
        var broken = new AtomicBoolean();
        var tree = TestTree.up(kit,
                Supervisor.dynamic(5).backoff(Duration.ofHours(1), Duration.ofHours(1)));
        tree.start(flaky(CHILD1, broken));
        tree.start(Child.of(CHILD2, worker()));
        assertThat(tree.counts()).isEqualTo(new ChildCounts(2, 2, 0, 2));

        breakDown(tree, "child1", broken);

        assertThat(tree.counts()).isEqualTo(new ChildCounts(2, 1, 0, 2));
        assertThat(tree.terminate("child1")).isEqualTo(TerminateResult.TERMINATED);
        assertThat(tree.counts()).isEqualTo(new ChildCounts(1, 1, 0, 1));
        tree.stop();
    }

    @Test
    void do_not_save_start_parameters_for_temporary_children() {
        var tree = TestTree.up(kit, Supervisor.oneForOne());
        var parameter = startTemporary(tree);

        tree.ref(CHILD1).tell("crash");
        tree.await(Event.Exited.class::isInstance);

        var probe = kit.<String>createTestProbe();
        for (int i = 0; i < 1_000 && parameter.get() != null; i++) {
            System.gc();
            probe.expectNoMessage(Duration.ofMillis(1));
        }
        assertThat(parameter.get()).isNull();
        tree.stop();
    }

    private static WeakReference<byte[]> startTemporary(TestTree tree) {
        var parameter = new byte[1_000];
        tree.start(Child.of(CHILD1, _ -> parameter.length > 0 ? worker() : Behaviors.stopped())
                .temporary());
        return new WeakReference<>(parameter);
    }

    @Test
    void simple_global_supervisor() {
        var tree = TestTree.up(kit, FOREVER.child(CHILD1, worker()).child(CHILD2, worker()));
        var name = tree.ref(CHILD1);

        for (int generation = 1; generation <= 3; generation++) {
            name.tell("crash");
            tree.awaitStart("child1", generation + 1);
        }

        assertThat(tree.running("child2").path().name()).isEqualTo("child2~1");
        assertThat(tree.ref(CHILD1)).isSameAs(name);
        tree.stop();
    }

    @Test
    void simple_one_for_one_corruption() {
        var tree = TestTree.up(kit, Supervisor.dynamic(5).intensity(5, Duration.ofSeconds(5)));
        var started = new CopyOnWriteArrayList<String>();
        for (var key : List.of(CHILD1, CHILD2)) {
            tree.start(Child.of(key, _ -> {
                started.add(key.id());
                return worker();
            }));
        }

        tree.start(Child.of(CHILD3, _ -> {
            throw new IllegalStateException("fail");
        }));
        tree.ref(CHILD1).tell("crash");
        tree.awaitStart("child1", 2);

        assertThat(started).containsExactly("child1", "child2", "child1");
        tree.stop();
    }

    /// OTP 25 keeps an `undefined` instance here; the newest drops it.
    @Test
    void simple_one_for_one_restart_ignore() {
        var nothing = new AtomicBoolean();
        var tree = TestTree.up(kit, Supervisor.dynamic(5));
        tree.start(Child.of(CHILD1, _ -> nothing.get() ? Behaviors.stopped() : worker()));
        nothing.set(true);

        tree.ref(CHILD1).tell("crash");
        tree.await(new Event.Ignored("child1")::equals);

        assertThat(tree.children()).isEmpty();
        assertThat(tree.stop()).isEqualTo(Exit.Shutdown.PLAIN);
    }
}
