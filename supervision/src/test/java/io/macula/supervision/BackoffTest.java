package io.macula.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// A delay before the next attempt of a restart that failed, and nothing else.
class BackoffTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration FOUR = Duration.ofSeconds(4);

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
    void waitsLongerAfterEachFailureAndForgetsThatOnceItRuns() {
        stage.up(abc(Supervisor.oneForOne().backoff(SECOND, Duration.ofSeconds(3))));

        stage.gone("a", new Exit.Killed());
        stage.failStart("a");
        stage.ring(SECOND);
        stage.failStart("a");
        stage.ring(Duration.ofSeconds(2));
        stage.failStart("a");
        stage.ring(Duration.ofSeconds(3));
        stage.ready("a");
        stage.gone("a", new Exit.Killed());
        stage.failStart("a");

        assertThat(stage.timers.getLast().delay).isEqualTo(SECOND);
    }

    @Test
    void aDeathDuringABackoffJoinsTheGroupThatWaitsAndKeepsTheLongerDelay() {
        stage.up(abc(Supervisor.oneForAll().backoff(Duration.ofSeconds(4), Duration.ofSeconds(4))));
        stage.gone("a", new Exit.Killed());
        stage.gone("c", Exit.Shutdown.PLAIN);
        stage.gone("b", Exit.Shutdown.PLAIN);
        stage.ready("a");
        stage.failStart("b");
        stage.log.clear();

        stage.nanos += SECOND.toNanos();
        stage.gone("a", new Exit.Killed());

        assertThat(stage.log).as("nothing starts before the delay is over").isEmpty();
        assertThat(stage.timers.getLast().delay).isEqualTo(Duration.ofSeconds(3));
        assertThat(stage.window.count(stage.nanos)).isEqualTo(2);
        stage.ring(Duration.ofSeconds(3));
        List.of("a", "b", "c").forEach(stage::ready);
        assertThat(stage.log).containsExactly("spawn a", "spawn b", "spawn c");
        assertThat(stage.window.count(stage.nanos)).as("joining did not count again").isEqualTo(2);
    }

    @Test
    void terminatingAChildThatWaitsVoidsItsNextAttempt() {
        stage.up(abc(Supervisor.oneForOne().backoff(SECOND, SECOND)));
        stage.gone("a", new Exit.Killed());
        stage.failStart("a");
        var again = stage.timers.getLast();
        stage.log.clear();

        stage.core()
                .on(new Supervisor.TerminateChild("a",
                        TestInbox.<TerminateResult>create().getRef()));
        stage.core().on(again.message);

        assertThat(stage.log).isEmpty();
        assertThat(again.cancelled).isTrue();
    }

    @Test
    void itsAttemptsCountAsTheyDoWithoutADelay() {
        stage.up(abc(Supervisor.oneForOne().backoff(SECOND, SECOND)).intensity(2,
                Duration.ofMinutes(1)));

        stage.gone("a", new Exit.Killed());
        stage.failStart("a");
        stage.ring(SECOND);
        stage.failStart("a");
        stage.log.clear();
        stage.ring(SECOND);

        assertThat(stage.log).as("the third attempt is one too many").containsExactly("stop c");
    }

    @Test
    void aStopDuringTheDelayDoesNotWaitForIt() {
        stage.up(abc(Supervisor.oneForOne().backoff(FOUR, FOUR)));
        stage.gone("b", new Exit.Killed());
        stage.failStart("b");
        var again = stage.timers.getLast();
        stage.log.clear();

        stage.core().on(new Supervisor.Stop());
        stage.gone("c", Exit.Shutdown.PLAIN);
        stage.gone("a", Exit.Shutdown.PLAIN);

        assertThat(stage.log).containsExactly("stop c", "stop a");
        assertThat(again.cancelled).isTrue();
        assertThat(stage.core().exit()).isEqualTo(Exit.Shutdown.PLAIN);
    }

    @Test
    void oneForOneLetsTheOthersRestartAtOnce() {
        stage.up(abc(Supervisor.oneForOne().backoff(FOUR, FOUR)));
        stage.gone("a", new Exit.Killed());
        stage.failStart("a");
        stage.log.clear();

        stage.gone("b", new Exit.Killed());

        assertThat(stage.log).containsExactly("spawn b");
    }

    /// In `b`'s place a start has failed: `a` runs, `b` waits, `c` has not been started again.
    @Nested
    class UnderRestForOne {

        private void bWaits() {
            stage.up(abc(Supervisor.restForOne().backoff(FOUR, FOUR)));
            stage.gone("b", new Exit.Killed());
            stage.gone("c", Exit.Shutdown.PLAIN);
            stage.failStart("b");
            stage.log.clear();
            stage.nanos += SECOND.toNanos();
        }

        @Test
        void theDeathOfAnEarlierChildTakesTheDelayOver() {
            bWaits();

            stage.gone("a", new Exit.Killed());
            assertThat(stage.log).as("nothing starts before the delay is over").isEmpty();
            stage.ring(Duration.ofSeconds(3));
            List.of("a", "b", "c").forEach(stage::ready);

            assertThat(stage.log).containsExactly("spawn a", "spawn b", "spawn c");
            assertThat(stage.window.count(stage.nanos)).as("two deaths").isEqualTo(2);
        }

        @Test
        void aLaterChildThatWasStartedByHandAndDiesJoinsTheGroupThatWaits() {
            bWaits();
            startByHand("c");

            stage.gone("c", new Exit.Killed());
            assertThat(stage.log).as("it is among those that restart with b").isEmpty();
            stage.ring(FOUR);
            List.of("b", "c").forEach(stage::ready);

            assertThat(stage.log).containsExactly("spawn b", "spawn c");
        }

        @Test
        void whoJoinedRestartsAloneWhenTheOneThatWaitedIsTerminated() {
            bWaits();
            startByHand("c");
            stage.gone("c", new Exit.Killed());

            stage.core()
                    .on(new Supervisor.TerminateChild("b",
                            TestInbox.<TerminateResult>create().getRef()));
            stage.ring(Duration.ofSeconds(3));
            stage.ready("c");

            assertThat(stage.log).containsExactly("spawn c");
        }

        @Test
        void ofTwoThatAreDueAtOnceTheEarlierChildGoesFirst() {
            bWaits();
            startByHand("c");
            stage.gone("c", new Exit.Killed());

            stage.ring(Duration.ofSeconds(3));
            assertThat(stage.log).as("c restarts with b").isEmpty();
            stage.ring(FOUR);
            List.of("b", "c").forEach(stage::ready);

            assertThat(stage.log).containsExactly("spawn b", "spawn c");
        }

        private void startByHand(String id) {
            stage.core()
                    .on(new Supervisor.RestartChild(id,
                            TestInbox.<RestartResult>create().getRef()));
            stage.ready(id);
            stage.log.clear();
        }
    }

    @Test
    void theLongerOfTwoDelaysIsKept() {
        stage.up(abc(Supervisor.oneForAll().backoff(SECOND, Duration.ofSeconds(8))));
        stage.gone("a", new Exit.Killed());
        stage.gone("c", Exit.Shutdown.PLAIN);
        stage.gone("b", Exit.Shutdown.PLAIN);
        stage.ready("a");
        stage.failStart("b");
        stage.ring(SECOND);
        stage.gone("a", Exit.Shutdown.PLAIN);
        stage.ready("a");
        stage.failStart("b");
        assertThat(stage.timers.getLast().delay).as("its second failure")
                .isEqualTo(
                        Duration.ofSeconds(2));

        stage.gone("a", new Exit.Killed());

        assertThat(stage.timers.getLast().delay).isEqualTo(Duration.ofSeconds(2));
    }
}
