package io.macula.supervision.testkit;

import static io.macula.supervision.testkit.Workshop.PARSER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macula.supervision.Child;
import io.macula.supervision.Shutdown;
import io.macula.supervision.Supervisor;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a test leaves behind fails it.
class LeakTest {

    private static void passUninterruptibly(CountDownLatch gate) {
        while (true) {
            try {
                gate.await();
                return;
            } catch (InterruptedException _) {
                // deaf on purpose
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aThreadThatAChildStartedAndDidNotEndIsTold(boolean manual) {
        var gate = new CountDownLatch(1);
        var lab = manual ? Lab.withManualTime(1) : Lab.inRealTime(1);
        lab.start(Supervisor.oneForOne().child(PARSER, Behaviors.setup(_ -> {
            new Thread(() -> passUninterruptibly(gate), "forgotten").start();
            return Behaviors.empty();
        })));

        assertThatThrownBy(lab::close).isInstanceOf(AssertionError.class)
                .hasMessageContaining("this lab leaves something behind")
                .hasMessageContaining("the thread 'forgotten' still runs")
                .hasMessageContaining("passUninterruptibly");
        gate.countDown();
    }

    @Test
    void anAbandonedActorThatStillRunsIsToldWithItsStack() {
        var gate = new CountDownLatch(1);
        var lab = Lab.withManualTime(1);
        var tree = lab.start(Supervisor.oneForOne()
                .abandonAfter(Duration.ofSeconds(1))
                .child(Child.of(PARSER, Behaviors.<String>receiveMessage(_ -> {
                    passUninterruptibly(gate);
                    return Behaviors.same();
                })).shutdown(Shutdown.brutalKill())));
        tree.get(PARSER).tell("hang");
        lab.settle();
        lab.kill(PARSER);
        lab.timePasses(Duration.ofSeconds(1));
        lab.restarted(PARSER);

        assertThatThrownBy(lab::close).isInstanceOf(AssertionError.class)
                .hasMessageContaining("actors of the tree 'lab' live on")
                .hasMessageContaining("'parser' was abandoned")
                .hasMessageContaining("passUninterruptibly")
                .hasMessageContaining("abandon parser#1");
        gate.countDown();
    }

    @Test
    void aTreeThatDoesNotStopIsTold() {
        var gate = new CountDownLatch(1);
        var lab = Lab.withManualTime(1);
        var tree = lab.start(Supervisor.oneForOne()
                .child(Child.of(PARSER, Behaviors.<String>receiveMessage(_ -> {
                    passUninterruptibly(gate);
                    return Behaviors.same();
                })).shutdown(Shutdown.infinity())));
        tree.get(PARSER).tell("hang");
        lab.settle();

        assertThatThrownBy(lab::close).isInstanceOf(AssertionError.class)
                .hasMessageContaining("the tree 'lab' does not stop");
        gate.countDown();
    }

    @Test
    void whatTheLabItselfLetHangIsNoLeak() {
        var lab = Lab.withManualTime(1);
        lab.start(new Workshop().spec());
        lab.at(PARSER).hangDeaf();

        lab.close();

        assertThat(lab.trees()).allMatch(tree -> tree.lastExit() == null);
    }

    @Test
    void aThreadThatEndsWithItsChildIsNoLeak() {
        var thread = new AtomicReference<Thread>();
        var lab = Lab.withManualTime(1);
        lab.start(Supervisor.oneForOne().child(PARSER, Behaviors.setup(_ -> {
            var started = new Thread(() -> passUninterruptibly(new CountDownLatch(0)), "brief");
            thread.set(started);
            started.start();
            return Behaviors.empty();
        })));

        lab.close();

        assertThat(thread.get().isAlive()).isFalse();
    }
}
