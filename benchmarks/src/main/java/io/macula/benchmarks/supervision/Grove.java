package io.macula.benchmarks.supervision;

import io.macula.supervision.Exit;
import io.macula.supervision.Key;
import io.macula.supervision.Root;
import io.macula.supervision.Spec;
import io.macula.supervision.Supervision;
import io.macula.supervision.Supervisor;
import io.macula.supervision.TreePath;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;

/// An actor system for one supervision tree at a time, and for actors beside it.
final class Grove implements AutoCloseable {

    private static final String NAME = "bench";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final ActorSystem<SpawnProtocol.Command> system = ActorSystem
            .create(SpawnProtocol.create(), "benchmarks");

    private @Nullable Planted planted;

    private record Planted(ActorRef<Supervisor.Command> root, CompletableFuture<Exit> down) {}

    /// Starts a tree and waits until its last child is up.
    void plant(Spec spec) {
        var up = new CompletableFuture<Boolean>();
        var down = new CompletableFuture<Exit>();
        var settings = Root.of(NAME)
                .unlogged()
                .onUp(() -> up.complete(true))
                .onExit(exit -> {
                    down.complete(exit);
                    up.completeExceptionally(new IllegalStateException(exit.text()));
                });
        planted = new Planted(spawn(Supervisor.root(settings, spec), NAME), down);
        get(up);
    }

    /// Stops the tree and waits until its last child is gone.
    void fell() {
        var tree = tree();
        tree.root().tell(new Supervisor.Stop());
        get(tree.down());
        planted = null;
    }

    /// What the tree's root answers.
    <T> T ask(Function<ActorRef<T>, Supervisor.Command> question) {
        return get(AskPattern.<Supervisor.Command, T>ask(tree().root(), question::apply, PATIENCE,
                system.scheduler()).toCompletableFuture());
    }

    private Planted tree() {
        return Objects.requireNonNull(planted, "no tree is planted");
    }

    /// The stable ref of a child of the tree.
    <T> ActorRef<T> ref(Key<T> key) {
        return Supervision.of(system).ref(TreePath.of(NAME), key);
    }

    /// A ref that leads nowhere.
    <T> ActorRef<T> noOne() {
        return system.ignoreRef();
    }

    <T> ActorRef<T> spawn(Behavior<T> behavior, String name) {
        return get(AskPattern.<SpawnProtocol.Command, ActorRef<T>>ask(system,
                replyTo -> new SpawnProtocol.Spawn<>(behavior, name, Props.empty(), replyTo),
                PATIENCE, system.scheduler()).toCompletableFuture());
    }

    static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException fault) {
            throw new IllegalStateException(fault);
        }
    }

    @Override
    public void close() {
        system.terminate();
        get(system.getWhenTerminated().toCompletableFuture());
    }
}
