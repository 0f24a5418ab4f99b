package io.macula.runtime;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.macula.actors.link.Links;
import io.macula.actors.state.SharedState;
import io.macula.runtime.MaculaNode.Started;
import io.macula.runtime.coordination.CoordinationSeat;
import io.macula.runtime.cut.Cut;
import io.macula.supervision.Supervision;
import io.macula.supervision.Supervisor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the tree of a node up. Nothing is left running after a failure.
final class NodeStart {

    private static final Logger LOG = LoggerFactory.getLogger(NodeStart.class);

    /// How long the whole tree may take to start. Generous: a cold JVM on a loaded machine.
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);

    private NodeStart() {}

    /// Returns when the whole tree is up, or why it is not.
    static Started of(NodeAssembly assembly, Optional<Cut> cut) {
        var system = ActorSystem.create(
                Supervisor.root(RootTree.NAME, RootTree.spec(assembly.tree())), "macula",
                BootstrapSetup.create(config()).withClassloader(NodeReference.LOADER));
        try {
            var tree = Supervision.of(system)
                    .whenUp(RootTree.NAME)
                    .toCompletableFuture()
                    .get(START_PATIENCE.toSeconds(), TimeUnit.SECONDS);
            var node = new MaculaNode(assembly, system, assembly.plane(tree), cut);
            assembly.runs(tree, node::report);
            Supervision.of(system).whenDown(RootTree.NAME).thenAccept(node::treeEnded);
            assembly.openConsole(node, system);
            assembly.workloads().ifPresent(workloads -> workloads.begin(node));
            return new Started.Running(node);
        } catch (ExecutionException e) {
            abandon(system, assembly);
            return new Started.Failed(StartSentences.of(e));
        } catch (TimeoutException e) {
            abandon(system, assembly);
            return new Started.Failed(new StartFailure(StartFailure.Kind.FAILED,
                    "the node did not start within " + START_PATIENCE.toSeconds() + " s"));
        } catch (InterruptedException e) {
            abandon(system, assembly);
            Thread.currentThread().interrupt();
            return new Started.Failed(new StartFailure(StartFailure.Kind.FAILED,
                    "the start was interrupted"));
        }
    }

    /// The node's own HOCON without the settings, which are values by now.
    private static Config config() {
        return ConfigFactory.parseResources("macula-pekko.conf")
                .withFallback(
                        ConfigFactory.defaultReference(NodeReference.LOADER))
                .resolve();
    }

    private static void abandon(ActorSystem<?> system, NodeAssembly assembly) {
        system.terminate();
        closeQuietly(assembly.links());
        assembly.traces().close();
        assembly.sharedState().ifPresent(SharedState::close);
        assembly.coordination().ifPresent(CoordinationSeat::close);
    }

    static void closeQuietly(Links links) {
        try {
            links.close();
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("links did not close");
        }
    }
}
