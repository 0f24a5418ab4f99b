package io.macula.runtime.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.actors.cluster.ClusterView;
import io.macula.actors.dht.Discovery;
import io.macula.actors.state.SharedState;
import io.macula.app.coordination.FencedCoordination;
import io.macula.runtime.coordination.CoordinationView;
import io.macula.runtime.cut.Cut;
import io.macula.runtime.json.Json;
import io.macula.runtime.trace.Traces;
import io.macula.runtime.why.Matter;
import io.macula.runtime.why.Step;
import io.macula.runtime.workload.Workloads;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// What a running node lets local tools do. Called from threads of the control server, at most
/// [ControlServer#CONNECTIONS_MAX] at once; must not block for long.
public interface NodeControl {

    /// What became of a request to crash, kill or restart a process.
    sealed interface Crashed {
        record Done() implements Crashed {}

        /// Fault injection is off.
        record Forbidden(String message) implements Crashed {}

        /// Nothing runs at that path.
        record NothingThere(String message) implements Crashed {}
    }

    /// A node that can be cut off.
    ///
    /// @param place where it is reached itself: what another one is told to be cut off from it
    record Cuttable(Cut.Place place, Cut cut) {}

    /// The live supervision trees.
    List<TreeNode> trees();

    /// The other nodes this one talks to: id, kind, path, address, round trip, bytes.
    List<ObjectNode> peers();

    /// Facts about the node: id, name, role, realm, ready, addresses, uptime.
    ObjectNode status();

    /// What happens on the node just now: rates, percentiles, the busiest topics.
    default ObjectNode metrics() {
        return Json.object();
    }

    /// Lets the process at `path` (ids from the tree's name down, joined by `/`) fail.
    Crashed crash(String path);

    /// Kills the process at `path` and all below it without its cleanup.
    default Crashed kill(String path) {
        return new Crashed.NothingThere("nothing runs at '" + path + "'");
    }

    /// Stops the process at `path` by its own rule and starts it again.
    default Crashed restart(String path) {
        return new Crashed.NothingThere("nothing runs at '" + path + "'");
    }

    /// Begins to end the node in good order; returns at once. Completes with whether all was finished
    /// within `patience`, after the node has stopped.
    ///
    /// @param progress told one line for each step
    CompletionStage<Boolean> drain(Duration patience, Consumer<String> progress);

    /// The node's part of the DHT; empty when it takes none.
    Optional<Discovery> discovery();

    /// What the node shares with others; empty when it shares nothing.
    default Optional<SharedState> state() {
        return Optional.empty();
    }

    /// What the node knows of its Cluster; empty when it is a member of none.
    default Optional<ClusterView> cluster() {
        return Optional.empty();
    }

    /// The fenced coordination of its Cluster; empty when it takes no part.
    default Optional<FencedCoordination> coordination() {
        return Optional.empty();
    }

    /// The workloads the node runs; empty when it runs none.
    default Optional<Workloads> workloads() {
        return Optional.empty();
    }

    /// The traces of the node; empty when it keeps none.
    default Optional<Traces> traces() {
        return Optional.empty();
    }

    /// The steps of the way of a message or call; none when the node does not look.
    default CompletionStage<List<Step>> whyNot(Matter matter) {
        return CompletableFuture.completedStage(List.of());
    }

    /// Who votes there; empty when it takes no part.
    default Optional<CoordinationView> coordinationView() {
        return Optional.empty();
    }

    /// How the node is cut off from others; empty when it does not let itself be harmed.
    default Optional<Cuttable> cuttable() {
        return Optional.empty();
    }
}
