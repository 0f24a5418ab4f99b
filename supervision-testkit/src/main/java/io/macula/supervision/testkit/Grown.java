package io.macula.supervision.testkit;

import io.macula.supervision.Exit;
import io.macula.supervision.Root;
import io.macula.supervision.Spec;
import io.macula.supervision.Supervisor;
import io.macula.supervision.TreePath;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// A tree that a lab has started.
///
/// @param up true once all of it has started, false when it ended before
/// @param down why it ended
/// @param gone done when its last actor is gone
record Grown(String name, Spec spec, ActorRef<Supervisor.Command> root,
        CompletableFuture<Boolean> up, CompletableFuture<Exit> down,
        CompletableFuture<Void> gone) {

    /// @param actor a name that no actor of the system has
    static Grown of(World world, String name, String actor, Spec spec) {
        var up = new CompletableFuture<Boolean>();
        var down = new CompletableFuture<Exit>();
        var gone = new CompletableFuture<Void>();
        var settings = Root.of(name)
                .unlogged()
                .ticker(world::nanos)
                .onUp(() -> up.complete(true))
                .onExit(exit -> {
                    down.complete(exit);
                    up.complete(false);
                });
        var root = world.system()
                .systemActorOf(Supervisor.root(settings, spec), actor, Props.empty());
        world.system().systemActorOf(watching(root, gone), actor + "-end", Props.empty());
        return new Grown(name, spec, root, up, down, gone);
    }

    private static Behavior<Object> watching(ActorRef<?> root, CompletableFuture<Void> gone) {
        return Behaviors.setup(context -> {
            context.watch(root);
            return Behaviors.receive(Object.class).onSignal(Terminated.class, _ -> {
                gone.complete(null);
                return Behaviors.stopped();
            }).build();
        });
    }

    boolean isUp() {
        return up.getNow(false);
    }

    TreePath path() {
        return TreePath.of(name);
    }

    void stop() {
        root.tell(new Supervisor.Stop());
    }
}
