package io.macula.runtime.workload;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.macula.app.workload.Platform;
import io.macula.supervision.Exit;
import io.macula.supervision.Node;
import io.macula.supervision.Spec;
import io.macula.supervision.Supervision;
import io.macula.supervision.Supervisor;
import io.macula.supervision.TreePath;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.typed.ActorSystem;

/// The running processes of a workload: an actor system with its supervision tree, for one life of it.
final class WorkloadSystem {

    /// What became of a start.
    sealed interface Started {

        record Running(WorkloadSystem system) implements Started {}

        /// One sentence; nothing is left running.
        record Failed(String why) implements Started {}
    }

    private static final Duration START_PATIENCE = Duration.ofSeconds(30);

    private final ActorSystem<Supervisor.Command> system;
    private final String name;

    private WorkloadSystem(ActorSystem<Supervisor.Command> system, String name) {
        this.system = system;
        this.name = name;
    }

    /// Blocks until the tree is up.
    ///
    /// @param pekko
    ///            the class loader that Pekko and its defaults are found by
    static Started start(LoadedWorkload loaded, Platform platform, int mailboxMax,
            ClassLoader pekko) {
        var workload = loaded.workload();
        Spec spec;
        try {
            spec = workload.processes(platform);
        } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return new Started.Failed("its processes could not be described: " + e);
        }
        var system = ActorSystem.create(Supervisor.root(workload.name(), spec),
                "app-" + workload.name(),
                BootstrapSetup.create(config(mailboxMax, pekko)).withClassloader(pekko));
        return up(new WorkloadSystem(system, workload.name()));
    }

    private static Config config(int mailboxMax, ClassLoader pekko) {
        return ConfigFactory
                .parseString("pekko.actor.typed.default-mailbox.mailbox-capacity = " + mailboxMax)
                .withFallback(ConfigFactory.parseResources(
                        WorkloadSystem.class.getClassLoader(), "macula-workload.conf"))
                .withFallback(ConfigFactory.parseResources(
                        WorkloadSystem.class.getClassLoader(), "macula-pekko.conf"))
                .withFallback(ConfigFactory.defaultReference(pekko))
                .resolve();
    }

    private static Started up(WorkloadSystem starting) {
        try {
            Supervision.of(starting.system)
                    .whenUp(starting.name)
                    .toCompletableFuture()
                    .get(START_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return new Started.Running(starting);
        } catch (ExecutionException e) {
            starting.system.terminate();
            return new Started.Failed("its processes did not start: " + e.getCause());
        } catch (TimeoutException e) {
            starting.system.terminate();
            return new Started.Failed("its processes did not start within "
                    + START_PATIENCE.toSeconds() + " s");
        } catch (InterruptedException e) {
            starting.system.terminate();
            Thread.currentThread().interrupt();
            return new Started.Failed("the start was interrupted");
        }
    }

    /// Completes with one sentence when the tree has ended, or the actor system has under it.
    CompletionStage<String> ended() {
        var ended = new CompletableFuture<String>();
        Supervision.of(system).whenDown(name).thenAccept(exit -> ended.complete(sentence(exit)));
        system.getWhenTerminated()
                .thenAccept(_ -> ended.completeAsync(() -> "its actor system ended",
                        CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS)));
        return ended;
    }

    private static String sentence(Exit exit) {
        return "its supervision tree ended: " + exit.text();
    }

    /// Stops the tree in reverse order and ends the actor system. Blocks at most for `patience`.
    void stop(Duration patience) {
        system.tell(new Supervisor.Stop());
        try {
            Supervision.of(system)
                    .whenDown(name)
                    .toCompletableFuture()
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // what does not stop in time is cut off with its system
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            system.terminate();
        }
    }

    /// Ends it at once, without waiting.
    void abandon() {
        system.terminate();
    }

    List<Node> trees() {
        return Supervision.of(system).snapshot();
    }

    boolean crash(TreePath place, Throwable cause) {
        if (Supervision.of(system).snapshot(place).isEmpty()) {
            return false;
        }
        Supervision.of(system).crash(place, cause);
        return true;
    }
}
