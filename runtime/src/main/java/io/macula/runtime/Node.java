package io.macula.runtime;

import io.macula.actors.cluster.ClusterSeat;
import io.macula.actors.dht.Discovery;
import io.macula.actors.health.HealthReport;
import io.macula.actors.state.SharedState;
import io.macula.app.Rpc;
import io.macula.app.Services;
import io.macula.app.State;
import io.macula.app.Topics;
import io.macula.app.coordination.AdvisoryCoordination;
import io.macula.app.coordination.FencedCoordination;
import io.macula.app.global.GlobalServices;
import io.macula.app.observe.Observe;
import io.macula.dht.NodeId;
import io.macula.runtime.coordination.CoordinationView;
import io.macula.runtime.cut.Cut;
import io.macula.runtime.observe.AppMeters;
import io.macula.runtime.observe.NodeMetrics;
import io.macula.runtime.trace.Traces;
import io.macula.runtime.web.WebMounts;
import io.macula.runtime.why.Matter;
import io.macula.runtime.why.Step;
import io.macula.runtime.workload.Workloads;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// The handle of a running node. Made by [MaculaNode#start]; safe to use from any thread.
public interface Node extends AutoCloseable {

    NodeId id();

    Topics topics();

    Rpc rpc();

    /// Services by name: procedures that are offered while they are fit, and callers who want any of
    /// them.
    Services services();

    /// Services of which a Cluster runs one at a time.
    GlobalServices globalServices();

    /// Log lines and figures of the code that runs this node; they stand at `/metrics` as `app_node_NAME`.
    Observe observe();

    /// What happens on this node just now.
    NodeMetrics metrics();

    /// Where its workloads show their figures.
    AppMeters appMeters();

    /// Leaders without a quorum, of which there may be two; empty when this node shares no state.
    Optional<AdvisoryCoordination> advisory();

    /// The QUIC address that is bound, when the node listens.
    Optional<InetSocketAddress> quicAddress();

    /// The HTTP address that is bound, when the node serves health.
    Optional<InetSocketAddress> httpAddress();

    /// How the first of the wanted peers answered, or that none did within `patience`. The node
    /// goes on dialling whatever the answer is. A node that wants no peers has joined itself.
    CompletionStage<Joined> joined(Duration patience);

    /// True once every part the role needs is up, false while starting or draining.
    boolean isReady();

    /// The live supervision trees, its own first, then those of its workloads; reading them asks nobody, so it answers while a process hangs.
    List<io.macula.supervision.Node> trees();

    /// The workloads it runs; empty when it does not listen for others.
    Optional<Workloads> workloads();

    /// The traces of what this node takes part in.
    Traces traces();

    /// The way of a message to those who want it, or of a call to those who answer it, step by step. The
    /// stage never fails and completes in seconds.
    CompletionStage<List<Step>> whyNot(Matter matter);

    /// The other nodes this one talks to, and over which path.
    List<PeerLine> peers();

    /// What the node says of itself at `/health`.
    HealthReport report();

    /// The node's part of the DHT; empty when it takes none.
    Optional<Discovery> discovery();

    /// What this node shares with the others of its group; empty when it takes no part in the mesh, or
    /// `macula.state.enabled` is off.
    Optional<State> state();

    /// The same, for tools that look at it closely.
    Optional<SharedState> sharedState();

    /// The node's place in its Cluster; empty when it is a member of none.
    Optional<ClusterSeat> cluster();

    /// Locks, leaders, barriers and a small store, decided by a majority of the Cluster's voters, whether
    /// this node is one of them or not; empty when it is a member of no Cluster, or
    /// `macula.coordination.enabled` is off.
    Optional<FencedCoordination> coordination();

    /// Who votes there, as far as this node knows.
    Optional<CoordinationView> coordinationView();

    /// Where the node's parts serve browsers; empty when it serves no HTTP. What is mounted stays when the
    /// process that serves it is restarted.
    Optional<WebMounts> web();

    /// Lets the process at `path` (ids from the tree's name down, joined by `/`) crash. False when
    /// nothing runs there. Whether anybody may ask for it is the caller's decision.
    boolean crash(String path);

    /// Cuts the node off from others; empty when it was not started with faults allowed.
    Optional<Cut> cut();

    /// Kills the process at `path` and all below it without its cleanup; its supervisor deals with the
    /// death as with any. False when nothing runs there, or it is a whole tree. Whether anybody may ask for it is
    /// the caller's decision.
    boolean kill(String path);

    /// Stops the process at `path` by its own rule and starts it again, which counts against no restart limit.
    /// False when nothing runs there, or it is nothing that can be started again: a whole tree, or a child that
    /// its supervisor forgets when it stops. Whether anybody may ask for it is the caller's decision.
    boolean restart(String path);

    /// Completes when the node has stopped, on purpose or because its root supervisor gave up.
    CompletionStage<Stopped> stopped();

    /// Takes nothing new, hands over what it leads, stops its workloads in good order, lets what runs finish (all that
    /// at most `patience`), then closes and leaves its Cluster. Completes with whether all was
    /// finished in time.
    ///
    /// @param progress told one line for each step, on a thread that must not be blocked
    CompletionStage<Boolean> drain(Duration patience, Consumer<String> progress);

    /// The same without a word.
    default CompletionStage<Boolean> drain(Duration patience) {
        return drain(patience, _ -> {});
    }

    /// Stops the whole tree in reverse start order. Returns when it has stopped.
    @Override
    void close();

    /// How a node ended.
    record Stopped(boolean isOnPurpose, String reason) {}

    /// What became of the first contact with the mesh.
    sealed interface Joined {
        record Connected(NodeId peer) implements Joined {}

        /// A peer refused us (or we refused it): stable code and one sentence.
        record Refused(String code, String message) implements Joined {}

        record Unreachable(String message) implements Joined {}
    }
}
