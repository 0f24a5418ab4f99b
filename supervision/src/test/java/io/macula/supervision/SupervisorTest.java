package io.macula.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SupervisorTest {

    static final ActorTestKit KIT = ActorTestKit.create();
    static final Key<String> A = Key.of("a");
    static final Key<String> B = Key.of("b");
    static final Key<String> C = Key.of("c");

    final CompletableFuture<Boolean> up = new CompletableFuture<>();
    final CompletableFuture<Exit> down = new CompletableFuture<>();
    final List<String> log = new CopyOnWriteArrayList<>();
    final TestProbe<String> probe = KIT.createTestProbe(String.class);

    @AfterAll
    static void end() {
        KIT.shutdownTestKit();
    }

    Behavior<String> echo(String name) {
        return Behaviors.receiveMessage(message -> {
            if (message.equals("crash")) {
                throw new IllegalStateException(name);
            }
            probe.ref().tell(name + " " + message);
            return Behaviors.same();
        });
    }

    ActorRef<Supervisor.Command> run(String name, Spec spec) throws Exception {
        var root = Root.of(name)
                .onUp(() -> up.complete(true))
                .onExit(down::complete)
                .listener(seen -> log
                        .add(seen.event().getClass().getSimpleName() + " " + seen.event().id()));
        var ref = KIT.spawn(Supervisor.root(root, spec), name);
        up.get(10, TimeUnit.SECONDS);
        return ref;
    }

    @Test
    void startsInOrderRestartsThoseAfterTheDeadAndStopsInReverse() throws Exception {
        var spec = Supervisor.restForOne()
                .intensity(3, Duration.ofSeconds(5))
                .child(A, echo("a"))
                .child(B, echo("b"))
                .supervisor("sub", Supervisor.oneForOne().child(C, refs -> {
                    refs.root().get(A).tell("from c");
                    return echo("c");
                }));

        var root = run("ordered", spec);
        probe.expectMessage("a from c");
        var supervision = Supervision.of(KIT.system());
        supervision.ref(TreePath.of("ordered"), B).tell("crash");
        probe.expectMessage("a from c");
        supervision.ref(TreePath.parse("ordered/sub"), C).tell("hello");
        probe.expectMessage("c hello");
        root.tell(new Supervisor.Stop());

        assertThat(down.get(10, TimeUnit.SECONDS)).isEqualTo(Exit.Shutdown.PLAIN);
        assertThat(log).containsExactly("Started a", "Started b", "Started c", "Started sub",
                "Exited b",
                "Exited c", "Exited sub", "Started b", "Started c", "Started sub", "Exited c",
                "Exited sub",
                "Exited b", "Exited a");
    }
}
