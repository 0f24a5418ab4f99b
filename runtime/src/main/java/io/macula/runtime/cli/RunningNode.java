package io.macula.runtime.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.actors.cluster.ClusterView;
import io.macula.actors.dht.Discovery;
import io.macula.actors.state.SharedState;
import io.macula.app.coordination.FencedCoordination;
import io.macula.runtime.Node;
import io.macula.runtime.NodeSettings;
import io.macula.runtime.PeerLine;
import io.macula.runtime.control.NodeControl;
import io.macula.runtime.control.NodePlace;
import io.macula.runtime.control.TreeNode;
import io.macula.runtime.coordination.CoordinationView;
import io.macula.runtime.json.Json;
import io.macula.runtime.trace.Traces;
import io.macula.runtime.why.Matter;
import io.macula.runtime.why.Step;
import io.macula.runtime.workload.Workloads;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// What local tools may do with a running node.
final class RunningNode implements NodeControl {

    private final Node node;
    private final NodeSettings settings;
    private final Drain drain;

    /// Ends the node in good order.
    @FunctionalInterface
    interface Drain {
        CompletionStage<Boolean> begin(Duration patience, Consumer<String> progress);
    }

    RunningNode(Node node, NodeSettings settings, Drain drain) {
        this.node = node;
        this.settings = settings;
        this.drain = drain;
    }

    @Override
    public List<TreeNode> trees() {
        var now = Instant.now();
        return node.trees().stream().map(tree -> TreeNode.of(tree, now)).toList();
    }

    @Override
    public List<ObjectNode> peers() {
        return node.peers().stream().map(RunningNode::json).toList();
    }

    private static ObjectNode json(PeerLine peer) {
        return Json.object()
                .put("id", peer.node().hex())
                .put("kind", peer.kind())
                .put("path", peer.path())
                .put("address", peer.address())
                .put("rtt_us", peer.roundTrip().toNanos() / 1_000)
                .put("sent_bytes", peer.sentBytes())
                .put("received_bytes", peer.receivedBytes());
    }

    @Override
    public ObjectNode status() {
        return Json.parse(node.report().toJson()) instanceof Json.Parsed.Value(var report)
                && report instanceof ObjectNode object ? object : Json.object();
    }

    @Override
    public ObjectNode metrics() {
        return MetricsJson.of(node);
    }

    @Override
    public Crashed crash(String path) {
        return settings.faultInjection() ? crashed(node.crash(path), path) : forbidden();
    }

    @Override
    public Crashed kill(String path) {
        return settings.faultInjection() ? crashed(node.kill(path), path) : forbidden();
    }

    @Override
    public Crashed restart(String path) {
        return crashed(node.restart(path), path);
    }

    private static Crashed forbidden() {
        return new Crashed.Forbidden("this node does not let itself be crashed; start it "
                + "with --allow-chaos");
    }

    private static Crashed crashed(boolean isDone, String path) {
        return isDone
                ? new Crashed.Done()
                : new Crashed.NothingThere("nothing that can be told so runs at '" + path + "'");
    }

    @Override
    public CompletionStage<Boolean> drain(Duration patience, Consumer<String> progress) {
        return drain.begin(patience, progress);
    }

    @Override
    public Optional<Discovery> discovery() {
        return node.discovery();
    }

    @Override
    public Optional<SharedState> state() {
        return node.sharedState();
    }

    @Override
    public Optional<ClusterView> cluster() {
        return node.cluster().map(seat -> seat.membership().view());
    }

    @Override
    public Optional<FencedCoordination> coordination() {
        return node.coordination();
    }

    @Override
    public Optional<Workloads> workloads() {
        return node.workloads();
    }

    @Override
    public Optional<Traces> traces() {
        return Optional.of(node.traces());
    }

    @Override
    public CompletionStage<List<Step>> whyNot(Matter matter) {
        return node.whyNot(matter);
    }

    @Override
    public Optional<CoordinationView> coordinationView() {
        return node.coordinationView();
    }

    @Override
    public Optional<Cuttable> cuttable() {
        return node.cut().map(cut -> new Cuttable(NodePlace.of(node), cut));
    }
}
