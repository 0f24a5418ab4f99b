package io.macula.supervision.testkit;

import static io.macula.supervision.testkit.When.times;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.supervision.Key;
import io.macula.supervision.Supervisor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/// Time is in the test's hands, and everything that depends on it follows.
class LabTimeTest {

    private static final Key<String> A = Key.of("a");

    private final List<String> ticks = new ArrayList<>();

    @Test
    void theRestartWindowSlidesWithTheLabsTime(@Supervised Lab lab) {
        lab.start(Supervisor.oneForOne()
                .intensity(1, Duration.ofSeconds(5))
                .child(A, Behaviors.empty()));

        lab.kill(A);
        lab.timePasses(Duration.ofMillis(5_001));
        lab.kill(A);
        lab.expectTrace("""
            exit a#1 killed
            start a#2
            exit a#2 killed
            start a#3
            """);
        lab.timePasses(Duration.ofSeconds(5));
        lab.kill(A);

        lab.expectTrace("""
            exit a#3 killed
            giveup lab over a
            """);
    }

    @Test
    void backOffWaitsForTheLabsTimeAndItsAttemptsFallIntoTheWindowWhereTheyBelong(
            @Supervised Lab lab) {
        lab.start(Supervisor.oneForOne()
                .intensity(2, Duration.ofSeconds(2))
                .backoff(Duration.ofSeconds(1), Duration.ofSeconds(8))
                .child(A, Behaviors.empty()));
        lab.at(A).crashInStart(times(4));

        lab.kill(A);
        lab.expectTrace("""
            exit a#1 killed
            startfail a failed InjectedFault
            """);
        lab.timePasses(Duration.ofMillis(999));
        lab.expectNothing();
        lab.timePasses(Duration.ofMillis(1));
        lab.expectTrace("startfail a failed InjectedFault");
        // restarts at 0 s, 1 s, 3 s, 7 s and 15 s: never three within two seconds
        lab.timePasses(Duration.ofSeconds(14));

        lab.expectTrace("""
            startfail a failed InjectedFault
            startfail a failed InjectedFault
            start a#2
            """);
    }

    private Behavior<String> ticking() {
        return Behaviors.withTimers(timers -> {
            timers.startTimerAtFixedRate("tick", Duration.ofSeconds(1));
            return Behaviors.receiveMessage(_ -> {
                ticks.add("tick");
                return Behaviors.same();
            });
        });
    }

    @Test
    void theTimersOfAChildTickAndEndWithIt(@Supervised Lab lab) {
        lab.start(Supervisor.oneForOne().child(A, ticking()));

        lab.timePasses(Duration.ofMillis(3_500));
        assertThat(ticks).hasSize(3);
        lab.kill(A);
        lab.timePasses(Duration.ofMillis(999));
        assertThat(ticks).hasSize(3);
        lab.timePasses(Duration.ofMillis(1));

        assertThat(ticks).hasSize(4);
    }

    @Test
    void theManualTimeOfPekkosTestkitIsTheSame(@Supervised Lab lab) {
        lab.start(Supervisor.oneForOne().child(A, ticking()));

        ManualTime.get(lab.system()).timePasses(Duration.ofSeconds(2));

        assertThat(ticks).hasSize(2);
    }
}
