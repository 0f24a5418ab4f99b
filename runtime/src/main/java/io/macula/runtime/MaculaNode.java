package io.macula.runtime;

import io.macula.actors.cluster.ClusterSeat;
import io.macula.actors.dht.Discovery;
import io.macula.actors.gateway.GatewaySystem;
import io.macula.actors.health.HealthReport;
import io.macula.actors.mesh.Way;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.rpc.RpcError;
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
import io.macula.runtime.coordination.CoordinationSeat;
import io.macula.runtime.coordination.CoordinationView;
import io.macula.runtime.cut.Cut;
import io.macula.runtime.cut.CutWiring;
import io.macula.runtime.global.NodeGlobalServices;
import io.macula.runtime.observe.AppMeters;
import io.macula.runtime.observe.Exposition;
import io.macula.runtime.observe.NodeMetrics;
import io.macula.runtime.observe.WorkloadObserve;
import io.macula.runtime.trace.Traces;
import io.macula.runtime.web.WebMounts;
import io.macula.runtime.why.Matter;
import io.macula.runtime.why.Step;
import io.macula.runtime.workload.Workloads;
import io.macula.supervision.Exit;
import io.macula.supervision.Supervision;
import io.macula.supervision.Supervisor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running node: an actor system with the root supervision tree, and the tables and links the
/// tree works on.
public final class MaculaNode implements Node {

    /// What became of a start.
    public sealed interface Started {
        record Running(Node node) implements Started {}

        record Failed(StartFailure failure) implements Started {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(MaculaNode.class);

    /// How long the whole tree may take to stop.
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    /// How long the holders of this node's records may take to hear that it goes.
    private static final Duration LEAVE_PATIENCE = Duration.ofMillis(500);

    private static final Duration SECOND = Duration.ofSeconds(1);
    /// Stands for the code that runs the node, where workloads have their names.
    private static final String OWN_FIGURES = "node";

    private final NodeAssembly assembly;
    private final ActorSystem<Supervisor.Command> system;
    private final CallDeadlines deadlines;
    private final Cancellable seconds;
    private final Supervision.Subscription restarts;
    private final WorkloadObserve observe;
    private final NodePlane plane;
    private final Topics topics;
    private final NodeRpc rpc;
    private final NodeWhy why;
    private final Services services;
    private final NodeTrees trees;
    private final Optional<State> state;
    private final Optional<Cut> cut;
    private final NodeGlobalServices globalServices;
    private final Instant startedAt = Instant.now();
    private final CompletableFuture<Stopped> stopped = new CompletableFuture<>();
    private final AtomicBoolean closing = new AtomicBoolean();

    MaculaNode(NodeAssembly assembly, ActorSystem<Supervisor.Command> system,
            NodePlane plane, Optional<Cut> cut) {
        this.assembly = assembly;
        this.system = system;
        this.state = plane.state().map(NodeState::new);
        this.cut = cut;
        this.trees = new NodeTrees(system, assembly.workloads().map(WorkloadAssembly::workloads));
        this.plane = plane;
        this.topics = new NodeTopics(plane);
        this.rpc = new NodeRpc(plane);
        assembly.traces().asks(new TracePeers(plane)::spans);
        this.why = new NodeWhy(plane, assembly.realm()).answering();
        this.services = new NodeServices(plane, rpc);
        this.globalServices = new NodeGlobalServices(new NodeGlobalServices.Parts(plane.self(), rpc,
                (node, service, request, patience) -> rpc.callAt(node,
                        NodeGlobalServices.procedureOf(service), request, patience),
                assembly.global().map(GlobalAssembly::hosts), plane.executor(),
                plane.local().tracing()));
        this.deadlines = CallDeadlines.begin(plane.local().calls(), system);
        var signals = assembly.signals();
        this.seconds = every(SECOND, () -> signals.metrics().tick());
        this.restarts = Supervision.of(system).subscribe(signals.restarts());
        this.observe = signals.apps().of(OWN_FIGURES);
        signals.runs(this::name);
    }

    private Cancellable every(Duration pause, Runnable work) {
        return system.scheduler()
                .scheduleWithFixedDelay(pause, pause, work, system.executionContext());
    }

    private void name(Exposition exposition) {
        var meters = new NodeMeters(exposition.figures());
        assembly.parts().name(meters);
        meters.links(this::peers);
        meters.trees(this::trees);
        meters.services(globalServices);
    }

    /// Starts a node and returns when its whole tree is up, or why it is not. Nothing is left
    /// running after a failure. A node that allows faults can be cut off from others.
    public static Started start(NodeSettings settings) {
        if (!settings.faultInjection()) {
            return start(settings, Wiring.REAL);
        }
        var cut = new Cut();
        return start(settings, new CutWiring(cut), Optional.of(cut));
    }

    /// The same over another wiring, for test kits.
    public static Started start(NodeSettings settings, Wiring wiring) {
        return start(settings, wiring, Optional.empty());
    }

    private static Started start(NodeSettings settings, Wiring wiring, Optional<Cut> cut) {
        return switch (NodeAssembly.of(settings, wiring)) {
            case NodeAssembly.Assembled.Failed(var failure) -> new Started.Failed(failure);
            case NodeAssembly.Assembled.Ready(var assembly) -> NodeStart.of(assembly, cut);
        };
    }

    @Override
    public NodeId id() {
        return plane.self();
    }

    @Override
    public Topics topics() {
        return topics;
    }

    @Override
    public Rpc rpc() {
        return rpc;
    }

    @Override
    public Services services() {
        return services;
    }

    @Override
    public GlobalServices globalServices() {
        return globalServices;
    }

    @Override
    public Observe observe() {
        return observe;
    }

    @Override
    public NodeMetrics metrics() {
        return assembly.signals().metrics();
    }

    @Override
    public AppMeters appMeters() {
        return assembly.signals().apps();
    }

    @Override
    public Optional<AdvisoryCoordination> advisory() {
        return assembly.global().map(GlobalAssembly::advisory);
    }

    @Override
    public Optional<InetSocketAddress> quicAddress() {
        return Optional.ofNullable(assembly.port().address());
    }

    @Override
    public Optional<InetSocketAddress> httpAddress() {
        return Optional.ofNullable(assembly.httpPort().address());
    }

    @Override
    public CompletionStage<Joined> joined(Duration patience) {
        return FirstContact.of(id(), plane.uplinks().all(), patience);
    }

    @Override
    public boolean isReady() {
        return assembly.status().isReady() && !closing.get();
    }

    /// The actor system that the trees run in, for tools and tests that look at or break them.
    public ActorSystem<?> system() {
        return system;
    }

    @Override
    public List<io.macula.supervision.Node> trees() {
        return trees.snapshot();
    }

    @Override
    public Optional<Workloads> workloads() {
        return assembly.workloads().map(WorkloadAssembly::workloads);
    }

    @Override
    public Traces traces() {
        return assembly.traces();
    }

    @Override
    public CompletionStage<List<Step>> whyNot(Matter matter) {
        return why.whyNot(matter);
    }

    @Override
    public List<PeerLine> peers() {
        var lines = new ArrayList<PeerLine>();
        plane.mesh()
                .ifPresentOrElse(nodes -> lines.addAll(nodes.peers()), () -> plane.uplinks()
                        .up()
                        .forEach(link -> lines
                                .add(PeerLine.of(link.peer(), "gateway", Way.Path.DIRECT,
                                        Optional.of(link)))));
        plane.gateway()
                .map(GatewaySystem::behind)
                .orElse(List.of())
                .forEach(link -> lines.add(PeerLine.of(link.peer(), "behind", Way.Path.DIRECT,
                        Optional.of(link))));
        return lines;
    }

    @Override
    public HealthReport report() {
        return assembly.report(Duration.between(startedAt, Instant.now()));
    }

    @Override
    public Optional<Discovery> discovery() {
        return plane.mesh().map(NodeMesh::discovery);
    }

    @Override
    public Optional<State> state() {
        return state;
    }

    @Override
    public Optional<SharedState> sharedState() {
        return plane.state();
    }

    @Override
    public Optional<ClusterSeat> cluster() {
        return assembly.cluster();
    }

    @Override
    public Optional<FencedCoordination> coordination() {
        return assembly.coordination().map(CoordinationSeat::coordination);
    }

    @Override
    public Optional<CoordinationView> coordinationView() {
        return assembly.coordination().map(CoordinationSeat::view);
    }

    @Override
    public Optional<WebMounts> web() {
        return assembly.web();
    }

    @Override
    public boolean crash(String path) {
        return trees.crash(path);
    }

    @Override
    public Optional<Cut> cut() {
        return cut;
    }

    @Override
    public boolean kill(String path) {
        return trees.kill(path);
    }

    @Override
    public boolean restart(String path) {
        return trees.restart(path);
    }

    @Override
    public CompletionStage<Stopped> stopped() {
        return stopped.minimalCompletionStage();
    }

    @Override
    public CompletionStage<Boolean> drain(Duration patience, Consumer<String> progress) {
        var drain = new NodeDrain(new NodeDrain.Parts(assembly.status()::drain, this::withdraw,
                workloads(), globalServices,
                () -> assembly.coordination().ifPresent(CoordinationSeat::giveBack), plane,
                this::close), patience, progress);
        return CompletableFuture.supplyAsync(drain::run,
                task -> Thread.ofVirtual().name("macula-drain").start(task));
    }

    private void withdraw() {
        assembly.unregister(LEAVE_PATIENCE);
        rpc.withdrawAll();
        plane.mesh().ifPresent(nodes -> nodes.withdraw(LEAVE_PATIENCE));
    }

    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            assembly.status().drain();
            assembly.unregister(LEAVE_PATIENCE);
            plane.leave(LEAVE_PATIENCE);
            system.tell(new Supervisor.Stop());
        }
        try {
            stopped.get(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.atWarn().log("the tree did not stop in time; leaving it behind");
            release(new Stopped(true, "left behind"));
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void treeEnded(Exit exit) {
        Thread.ofVirtual()
                .name("macula-release")
                .start(() -> release(new Stopped(closing.get(), exit.text())));
    }

    private void release(Stopped how) {
        deadlines.close();
        seconds.cancel();
        restarts.close();
        plane.local()
                .calls()
                .failAll(
                        new CallOutcome.Failed(RpcError.GONE, "this node has stopped"));
        workloads().ifPresent(Workloads::close);
        plane.mesh().ifPresent(NodeMesh::close);
        plane.state().ifPresent(SharedState::close);
        assembly.coordination().ifPresent(CoordinationSeat::close);
        assembly.cluster().ifPresent(ClusterSeat::abandon);
        NodeStart.closeQuietly(assembly.links());
        assembly.signals().close();
        system.terminate();
        assembly.traces().close();
        assembly.executor().shutdown();
        stopped.complete(how);
    }
}
