package io.macula.supervision.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.macula.supervision.AutoShutdown;
import io.macula.supervision.Child;
import io.macula.supervision.ChildState;
import io.macula.supervision.Event;
import io.macula.supervision.Exit;
import io.macula.supervision.Key;
import io.macula.supervision.Restart;
import io.macula.supervision.RestartResult;
import io.macula.supervision.Shutdown;
import io.macula.supervision.Spec;
import io.macula.supervision.Start;
import io.macula.supervision.StartFailedException;
import io.macula.supervision.StartResult;
import io.macula.supervision.Strategy;
import io.macula.supervision.Supervisor;
import io.macula.supervision.TerminateResult;
import io.macula.supervision.TestTree;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/// How a supervisor and its children start.
class OtpStartTest extends OtpSuite {

    @Test
    void sup_start_normal() throws InterruptedException {
        asRecorded("sup_start_normal");
    }

    @Test
    void sup_start_ignore_child() throws InterruptedException {
        asRecorded("sup_start_ignore_child");
    }

    @Test
    void sup_start_ignore_temporary_child() throws InterruptedException {
        asRecorded("sup_start_ignore_temporary_child");
    }

    @Test
    void sup_start_ignore_temporary_child_start_child() throws InterruptedException {
        asRecorded("sup_start_ignore_temporary_child_start_child");
    }

    @Test
    void sup_start_ignore_temporary_child_start_child_simple() throws InterruptedException {
        asRecorded("sup_start_ignore_temporary_child_start_child_simple");
    }

    @Test
    void sup_start_ignore_permanent_child_start_child_simple() throws InterruptedException {
        asRecorded("sup_start_ignore_permanent_child_start_child_simple");
    }

    @Test
    void sup_start_child_returns_error() throws InterruptedException {
        asRecorded("sup_start_child_returns_error");
    }

    @Test
    void sup_start_restart_child_returns_error() throws InterruptedException {
        asRecorded("sup_start_restart_child_returns_error");
    }

    @Test
    void sup_start_child_returns_error_simple() throws InterruptedException {
        asRecorded("sup_start_child_returns_error_simple");
    }

    @Test
    void faulty_application_shutdown() throws InterruptedException {
        asRecorded("faulty_application_shutdown");
    }

    @Test
    void sup_start_ignore_init() {
        var tree = TestTree.up(kit, Supervisor.oneForOne());

        var result = tree.start(Child.of(Supervisor.key("sup"), _ -> Behaviors.stopped()));

        assertThat(result).isEqualTo(new StartResult.Ignored());
        tree.stop();
    }

    @Test
    @SuppressWarnings("NullAway")
    void sup_start_error_return() {
        var tree = TestTree.starting(kit,
                Supervisor.oneForOne().child(CHILD1, worker()).child(CHILD2, _ -> null));

        assertThat(tree.exit()).isInstanceOfSatisfying(Exit.Failed.class,
                failed -> assertThat(failed.cause()).isInstanceOf(StartFailedException.class));
        assertThat(tree.supervision().snapshot(tree.path()).orElseThrow().state())
                .isEqualTo(ChildState.DOWN);
    }

    @Test
    void sup_start_fail() {
        var tree = TestTree.starting(kit, Supervisor.oneForOne().child(CHILD1, _ -> {
            throw new IllegalStateException("fail");
        }));

        assertThat(tree.exit()).isInstanceOfSatisfying(Exit.Failed.class,
                failed -> assertThat(failed.cause()).hasMessageContaining("child1")
                        .hasRootCauseMessage("fail"));
    }

    @Test
    void sup_start_map() {
        var spec = Supervisor.oneForOne();
        var child1 = Child.of(CHILD1, worker());
        var child2 = child1.shutdown(Shutdown.brutalKill());
        var child3 = Child.supervisor("child3", Supervisor.oneForAll());

        assertThat(spec).returns(1, Spec::intensity)
                .returns(Duration.ofSeconds(5), Spec::period)
                .returns(AutoShutdown.NEVER, Spec::autoShutdown)
                .returns(Strategy.ONE_FOR_ONE, Spec::strategy);
        assertThat(child1).returns(Restart.PERMANENT, Child::restart)
                .returns(Shutdown.timeout(Duration.ofSeconds(5)), Child::shutdown)
                .returns(false, Child::isSupervisor)
                .returns(false, Child::significant);
        assertThat(child2).returns(Restart.PERMANENT, Child::restart)
                .returns(Shutdown.brutalKill(), Child::shutdown);
        assertThat(child3).returns(Restart.PERMANENT, Child::restart)
                .returns(Shutdown.infinity(), Child::shutdown)
                .returns(true, Child::isSupervisor);
    }

    @Test
    void sup_start_map_simple() {
        var spec = Supervisor.dynamic(7);

        assertThat(spec).returns(1, Spec::intensity)
                .returns(Duration.ofSeconds(5), Spec::period)
                .returns(AutoShutdown.NEVER, Spec::autoShutdown)
                .returns(Strategy.DYNAMIC, Spec::strategy)
                .returns(7, Spec::maxChildren);
        var tree = TestTree.up(kit, spec);
        assertThat(tree.start(Child.of(CHILD1, worker()))).isInstanceOf(StartResult.Started.class);
        assertThat(tree.stop()).isEqualTo(Exit.Shutdown.PLAIN);
    }

    @Test
    @SuppressWarnings("NullAway")
    void sup_start_map_faulty_specs() {
        assertThatNullPointerException().isThrownBy(() -> Key.of(null));
        assertThatIllegalArgumentException().isThrownBy(() -> Key.of(""));
        assertThatNullPointerException().isThrownBy(() -> Child.of(CHILD1, (Start<String>) null));
        assertThatNullPointerException()
                .isThrownBy(() -> Supervisor.oneForOne().child((Child<?>) null));
    }

    @Test
    void external_start_no_progress_log() {
        var tree = TestTree.up(kit, Supervisor.oneForOne());

        tree.start(Child.of(CHILD1, _ -> {
            throw new IllegalStateException("fail");
        }));
        tree.start(Child.of(CHILD2, _ -> Behaviors.stopped()));
        tree.stop();

        assertThat(tree.events()).hasSize(2).noneMatch(Event.Started.class::isInstance);
    }

    @Test
    void already_started_outside_supervisor() {
        var tree = TestTree.up(kit, Supervisor.oneForOne());

        var result = tree.start(Child.of(CHILD1, _ -> {
            throw new IllegalStateException("already started");
        }));

        assertThat(result).isInstanceOf(StartResult.Failed.class);
        assertThat(tree.children()).isEmpty();
        tree.stop();
    }

    @Test
    void extra_return() {
        var tree = TestTree.up(kit, Supervisor.oneForOne());
        var child = Child.of(CHILD1, starting -> {
            starting.info("extra");
            return worker();
        });

        var started = tree.start(child);
        assertThat(started).isInstanceOfSatisfying(StartResult.Started.class,
                it -> assertThat(it.info()).isEqualTo("extra"));
        assertThat(tree.start(child)).isInstanceOf(StartResult.AlreadyStarted.class);
        assertThat(tree.terminate("child1")).isEqualTo(TerminateResult.TERMINATED);
        assertThat(tree.start(child)).isInstanceOf(StartResult.AlreadyPresent.class);
        assertThat(tree.restart("child1")).isInstanceOfSatisfying(RestartResult.Restarted.class,
                it -> assertThat(it.info()).isEqualTo("extra"));
        tree.stop();
    }

    @Test
    void simple_one_for_one_extra() {
        var tree = TestTree.up(kit, Supervisor.dynamic(10));

        var results = List.of(CHILD1, CHILD2)
                .stream()
                .map(key -> tree.start(Child.of(key, starting -> {
                    starting.info(key.id());
                    return worker();
                })))
                .toList();

        assertThat(results).extracting(result -> ((StartResult.Started) result).info())
                .containsExactly("child1", "child2");
        tree.stop();
    }

    @Test
    void child_specs() {
        var tree = TestTree.up(kit,
                Supervisor.oneForOne().autoShutdown(AutoShutdown.ANY_SIGNIFICANT));

        assertThat(tree.start(Child.of(CHILD1, worker()).significant(true)))
                .isInstanceOf(StartResult.Refused.class);
        assertThat(tree.children()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> Supervisor.dynamic(1)
                .child(Child.of(CHILD1, worker())));
        tree.stop();
    }

    @Test
    void child_specs_map() {
        var child = Child.of(CHILD1, worker());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Supervisor.oneForOne().child(child).child(child));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> child.shutdown(Shutdown.timeout(Duration.ofMillis(-1))));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Supervisor.oneForOne().child(child.temporary().significant(true)));
    }

    @Test
    void sup_flags() {
        var spec = Supervisor.oneForOne();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec.intensity(-1, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> spec.intensity(1, Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec.intensity(1, Duration.ofSeconds(-1)));
        assertThat(spec.intensity(0, Duration.ofSeconds(1)).intensity()).isZero();
    }
}
