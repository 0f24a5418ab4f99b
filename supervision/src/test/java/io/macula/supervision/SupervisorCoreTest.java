package io.macula.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/// The decisions alone: no actor runs, time is a number, and each step is taken by hand.
class SupervisorCoreTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Stagehand stage = new Stagehand();

    private static Child<?> child(String id) {
        return Child.of(Key.<String>of(id), Behaviors.<String>empty());
    }

    private static Spec abc(Spec bare) {
        return bare.intensity(10, Duration.ofMinutes(1))
                .child(child("a"))
                .child(child("b"))
                .child(child("c"));
    }

    @Test
    void startsTheNextOnlyWhenTheOneBeforeIsReady() {
        stage.begin(abc(Supervisor.oneForOne()));

        assertThat(stage.log).containsExactly("spawn a");
        stage.ready("a");
        assertThat(stage.log).containsExactly("spawn a", "spawn b");
        stage.ready("b");
        stage.ready("c");
        assertThat(stage.log).containsExactly("spawn a", "spawn b", "spawn c", "up");
    }

    @Test
    void stopsTheNextOnlyWhenTheOneAfterIsGone() {
        stage.up(abc(Supervisor.oneForOne()));

        stage.core().on(new Supervisor.Stop());

        assertThat(stage.log).containsExactly("stop c");
        stage.gone("c", Exit.Shutdown.PLAIN);
        assertThat(stage.log).containsExactly("stop c", "stop b");
        stage.gone("b", Exit.Shutdown.PLAIN);
        stage.gone("a", Exit.Shutdown.PLAIN);
        assertThat(stage.core().exit()).isEqualTo(Exit.Shutdown.PLAIN);
    }

    @Test
    void aStopThatArrivesDuringARestartWaitsForIt() {
        stage.up(abc(Supervisor.oneForAll()));

        stage.gone("b", new Exit.Killed());
        stage.core().on(new Supervisor.Stop());

        assertThat(stage.log).containsExactly("stop c");
        stage.gone("c", Exit.Shutdown.PLAIN);
        stage.gone("a", Exit.Shutdown.PLAIN);
        List.of("a", "b", "c").forEach(stage::ready);
        assertThat(stage.log).containsExactly("stop c", "stop a", "spawn a", "spawn b", "spawn c",
                "stop c");
    }

    @Test
    void killsWhenTheTimeToStopIsOverAndAbandonsAfterTheGrace() {
        stage.up(abc(Supervisor.oneForOne()));
        stage.core().on(new Supervisor.Stop());

        stage.ring(Duration.ofSeconds(5));
        assertThat(stage.log).containsExactly("stop c", "kill c");
        stage.ring(Duration.ofSeconds(5));

        assertThat(stage.log).containsExactly("stop c", "kill c", "abandon c", "stop b");
    }

    @Test
    void aTimerOfAChildThatIsGoneDoesNothing() {
        stage.up(abc(Supervisor.oneForOne()));
        stage.core().on(new Supervisor.Stop());
        var late = stage.timers.getFirst();

        stage.gone("c", Exit.Shutdown.PLAIN);
        stage.core().on(late.message);

        assertThat(stage.log).containsExactly("stop c", "stop b");
        assertThat(late.cancelled).isTrue();
    }

    @Test
    void triesAgainAtOnceWithoutBackoffButAfterWhatWaits() {
        stage.up(abc(Supervisor.oneForOne()));
        var answer = TestInbox.<RestartResult>create();

        stage.gone("a", new Exit.Killed());
        stage.core().on(new Supervisor.RestartChild("a", answer.getRef()));
        stage.failStart("a");

        assertThat(answer.receiveMessage()).isInstanceOf(RestartResult.Restarting.class);
        stage.deliverPosted();
        assertThat(stage.log).containsExactly("spawn a", "spawn a");
    }

    @Test
    void stopsDynamicChildrenAllAtOnceWithOneTimerPerLimit() {
        stage.begin(Supervisor.dynamic(10));
        stage.core()
                .on(new Supervisor.StartChildren(List.of(child("a"), child("b"), child("c")),
                        TestInbox.<List<StartResult>>create().getRef()));
        List.of("a", "b", "c").forEach(stage::ready);
        stage.log.clear();

        stage.core().on(new Supervisor.Stop());

        assertThat(stage.log).containsExactlyInAnyOrder("stop a", "stop b", "stop c");
        assertThat(stage.timers).hasSize(1);
        stage.ring(Duration.ofSeconds(5));
        assertThat(stage.log).contains("kill a", "kill b", "kill c");
        List.of("b", "a", "c").forEach(id -> stage.gone(id, new Exit.Killed()));
        assertThat(stage.core().exit()).isEqualTo(Exit.Shutdown.PLAIN);
    }

    @Test
    void refusesMoreDynamicChildrenThanAllowedUntilOneIsGone() {
        stage.begin(Supervisor.dynamic(1));
        var answers = TestInbox.<StartResult>create();

        stage.core().on(new Supervisor.StartChild(child("a"), answers.getRef()));
        stage.ready("a");
        stage.core().on(new Supervisor.StartChild(child("b"), answers.getRef()));

        assertThat(answers.receiveMessage()).isInstanceOf(StartResult.Started.class);
        assertThat(answers.receiveMessage()).isEqualTo(new StartResult.MaxChildren(1));
        stage.gone("a", new Exit.Normal());
        stage.failStart("a");
    }

    @Test
    void killingItKillsAllAndNeedsNoOrder() {
        stage.up(abc(Supervisor.oneForOne()));

        stage.core().on(new Internal.Kill());

        assertThat(stage.log).containsExactlyInAnyOrder("kill a", "kill b", "kill c");
        List.of("a", "b", "c").forEach(id -> stage.gone(id, new Exit.Killed()));
        assertThat(stage.core().exit()).isEqualTo(new Exit.Killed());
    }
}
