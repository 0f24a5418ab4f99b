package io.macula.supervision.testkit;

import static io.macula.supervision.testkit.When.nth;
import static io.macula.supervision.testkit.Workshop.CONNECTION;
import static io.macula.supervision.testkit.Workshop.PARSER;
import static io.macula.supervision.testkit.Workshop.WRITER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.macula.supervision.Child;
import io.macula.supervision.Key;
import io.macula.supervision.Shutdown;
import io.macula.supervision.Supervision;
import io.macula.supervision.Supervisor;
import io.macula.supervision.TreePath;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The same in real time, in a system of the lab's own and in one that runs already.
class RealTimeTest {

    private final Workshop workshop = new Workshop();

    @Test
    void faultsComeAboutAndTheTraceIsAwaited(@Supervised(inRealTime = true) Lab lab) {
        var tree = lab.start(workshop.spec());
        lab.at(PARSER).crashOn(nth(2)).with(new IOException("link lost"));
        lab.at(CONNECTION).delay(Duration.ofMillis(10));

        List.of("1", "2", "3").forEach(tree.get(PARSER)::tell);
        tree.get(CONNECTION).tell("late");

        lab.expectTrace("""
            exit parser#1 failed IOException
            exit writer#1 shutdown
            start parser#2
            start writer#2
            """);
        lab.restarted(PARSER, WRITER).untouched(CONNECTION);
        lab.eventually("the late message arrives",
                () -> workshop.seen.contains("connection late"));
    }

    @Test
    void aHungChildProvesTheTimeToStop(@Supervised(inRealTime = true) Lab lab) {
        var tree = lab.start(Supervisor.oneForOne()
                .child(Child.of(PARSER, workshop.noting("parser"))
                        .shutdown(Shutdown.timeout(Duration.ofMillis(50)))));
        lab.at(PARSER).hang();

        tree.supervisor().tell(new Supervisor.TerminateChild("parser", lab.system().ignoreRef()));

        lab.expectTrace("exit parser#1 killed");
    }

    @Test
    void exploresInRealTimeToo() {
        var explored = Explorer.in(seed -> {
            var lab = Lab.inRealTime(seed);
            lab.start(new Workshop().spec());
            return lab;
        })
                .only(EnumSet.of(Act.Kind.CRASH, Act.Kind.KILL, Act.Kind.CRASH_IN_START))
                .actsMax(5)
                .runs(10)
                .explore();

        assertThat(explored.restarts()).isGreaterThan(10);
    }

    @Nested
    class InASystemThatRuns {

        private static final Key<String> A = Key.of("a");
        private static final Key<String> GUEST = Key.of("guest");

        private final ActorTestKit kit = ActorTestKit.create();
        private final TreePath path = TreePath.of("app");

        private void run() {
            kit.spawn(Supervisor.root("app", Supervisor.oneForOne()
                    .intensity(5, Duration.ofSeconds(10))
                    .child(A, workshop.noting("a"))
                    .supervisor("guests", Supervisor.dynamic(5))));
            Supervision.of(kit.system()).whenUp("app").toCompletableFuture().join();
        }

        @Test
        void faultsComeToATreeThatWasThereBefore() {
            run();
            try (var lab = Lab.joining(kit.system(), 1)) {
                lab.at(A).crashOn(nth(1)).with(new IOException("link lost"));
                Supervision.of(kit.system()).ref(path, A).tell("1");

                lab.expectTrace("""
                    exit a#1 failed IOException
                    start a#2
                    """);
                lab.kill("app/a");
                lab.restarted(A);
                lab.expectWhole();
            }
            kit.shutdownTestKit();
        }

        @Test
        void theTreeRunsOnUnharmedWhenTheLabIsClosed() {
            run();
            var lab = Lab.joining(kit.system(), 1);
            lab.at(A).drop(nth(1)).hangInStart(nth(1));
            assertThatIllegalStateException().isThrownBy(() -> Lab.joining(kit.system(), 2))
                    .withMessage("something interferes with this system already");
            assertThatIllegalStateException().isThrownBy(() -> lab.start(workshop.spec()))
                    .withMessage("this lab has joined a system; it starts no trees there");
            lab.close();

            Supervision.of(kit.system()).ref(path, A).tell("1");
            Supervision.of(kit.system()).crash(path.child("a"), new IOException());
            Calm.until(() -> generation() == 2, World.PATIENCE);

            assertThat(generation()).isEqualTo(2);
            assertThat(workshop.seen).contains("a 1");
            Lab.joining(kit.system(), 3).close();
            kit.shutdownTestKit();
        }

        private int generation() {
            return Supervision.of(kit.system())
                    .snapshot(path.child("a"))
                    .orElseThrow()
                    .generation();
        }

        @Test
        void faultsCanBePlannedForADynamicChildBeforeItComes() {
            run();
            try (var lab = Lab.joining(kit.system(), 1)) {
                lab.at("guests/guest").crashOn(nth(1)).with(new IOException("rude"));
                var guests = Supervision.of(kit.system()).at(path.child("guests"));
                guests.supervisor()
                        .tell(new Supervisor.StartChild(
                                Child.of(GUEST, Behaviors.<String>ignore()).temporary(),
                                kit.system().ignoreRef()));
                lab.eventually("the guest is there", () -> lab.treeText().contains("guest#1"));
                guests.get(GUEST).tell("1");

                lab.expectTrace("""
                    start guests/guest#1
                    exit guests/guest#1 failed IOException
                    """);
            }
            kit.shutdownTestKit();
        }
    }
}
