package io.macula.testkit;

import io.macula.app.coordination.Failure;
import io.macula.app.coordination.Leader;
import io.macula.app.coordination.Standing;
import io.macula.runtime.Node;
import io.macula.supervision.testkit.Lab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Nodes of one mesh inside this JVM, as real as in processes of their own: each with its actor system, QUIC links, data folder,
/// place in the Cluster and voter. Given to tests by [MaculaMesh]; nodes are called by their numbers, from 0. For one test
/// thread.
///
/// A cut is silence, as of a broken cable: nothing arrives in either direction, no connection ends by it, and each layer finds
/// out by its own time-outs. What was on its way over QUIC arrives after the heal if the link still stands by then;
/// requests to voters fail and are repeated.
public final class Mesh {

    /// How long a mesh may take until it is ready. Generous: a cold JVM on a loaded machine.
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(10);

    private final Plan plan;
    private final Cables cables = new Cables();
    private final List<MeshNode> nodes;
    private final Random random;

    private Mesh(Plan plan) {
        this.plan = plan;
        this.random = new Random(plan.seed());
        this.nodes = IntStream.range(0, plan.nodes())
                .mapToObj(number -> new MeshNode(plan, number, cables))
                .toList();
    }

    /// Starts all nodes, and returns when they are ready. After a failure nothing is left of them.
    static Mesh start(Plan plan) {
        var mesh = new Mesh(plan);
        try {
            mesh.nodes.forEach(mesh::begin);
            mesh.awaitReady(PATIENCE);
            return mesh;
        } catch (RuntimeException | AssertionError failure) {
            mesh.end();
            throw failure;
        }
    }

    private void begin(MeshNode node) {
        node.start(nodes.stream()
                .filter(other -> other != node && (other.number() == 0 || node.number() == 0
                        || !nodes.getFirst().isRunning()))
                .flatMap(other -> other.address().stream())
                .toList());
    }

    // --- who there is

    public int size() {
        return nodes.size();
    }

    /// A node that runs. After [#restart] it is another object.
    ///
    /// @throws IllegalStateException
    ///             if it was killed or has stopped
    public Node node(int number) {
        return at(number).running()
                .orElseThrow(() -> new IllegalStateException("node " + number
                        + " does not run; restart(" + number + ") starts it again"));
    }

    /// The numbers of the nodes that run.
    public List<Integer> living() {
        return nodes.stream().filter(MeshNode::isRunning).map(MeshNode::number).toList();
    }

    private MeshNode at(int number) {
        if (number < 0 || number >= nodes.size()) {
            throw new IllegalArgumentException("there is no node " + number
                    + ": this mesh has the nodes 0 to " + (nodes.size() - 1));
        }
        return nodes.get(number);
    }

    private Map<Integer, Node> running() {
        var running = new TreeMap<Integer, Node>();
        nodes.forEach(node -> node.running().ifPresent(each -> running.put(node.number(), each)));
        return running;
    }

    /// Lets processes of one node crash, hang and lose messages, in its present life. [#heal] takes these faults back
    /// too.
    ///
    /// @throws IllegalStateException
    ///             if the node does not run
    public Lab lab(int number) {
        node(number);
        return at(number).lab();
    }

    /// Draws from the mesh's seed: the same seed gives the same draws, and a failure tells it.
    public Random random() {
        return random;
    }

    // --- cutting and healing

    /// One side of a partition.
    public Side side(int... numbers) {
        Arrays.stream(numbers).forEach(this::at);
        return new Side(Arrays.stream(numbers).boxed().collect(Collectors.toSet()));
    }

    /// Cuts each node of a side from each node of the other sides, both ways: links, the Cluster's channel, and voters
    /// from each other and from those who ask them. Nodes on no side go on reaching all others. Cuts add up until [#heal].
    public void partition(Side... sides) {
        Arrays.stream(sides).forEach(side -> side.nodes().forEach(this::at));
        cables.change(cuts -> cuts.between(List.of(sides)));
    }

    /// Joins again what [#partition] cut. Returns at once; the nodes find each other in their own time, see [#awaitReady].
    public void heal() {
        cables.change(Cuts::healed);
        nodes.stream().filter(MeshNode::isRunning).forEach(MeshNode::heal);
    }

    /// Ends a node as abruptly as one can within a JVM: from this moment nobody hears of it any more, and nobody is told. What
    /// it held (locks, leadership, its place in the Cluster) is not given back, and passes on when the others
    /// find out. Its folder stays. Unlike a process killed by the operating system it has written what it was about to.
    public void kill(int number) {
        var node = at(number);
        if (!node.isRunning()) {
            throw new IllegalStateException("node " + number + " does not run");
        }
        cables.change(cuts -> cuts.killed(number));
        node.end();
    }

    /// Starts a node that does not run, with the identity, folder and addresses it had. Returns when it is up, and not yet one of
    /// the others, see [#awaitReady]. A cut from which it was not healed goes on.
    public void restart(int number) {
        var node = at(number);
        if (node.isRunning()) {
            throw new IllegalStateException("node " + number + " runs; kill(" + number
                    + ") ends it");
        }
        node.clear();
        cables.change(cuts -> cuts.alive(number));
        begin(node);
    }

    // --- waiting

    /// Returns when the living nodes are one whole: ready, linked with each other, in a Cluster without anybody else, and with
    /// all voters, of whom one leads.
    ///
    /// @throws AssertionError
    ///             after `patience`, with what is missing
    public void awaitReady(Duration patience) {
        Await.until("the living nodes are one mesh", patience,
                () -> new Readiness(plan, running()).missing(), this::toString);
    }

    /// Returns when the shared state of all living nodes is equal.
    ///
    /// @throws AssertionError
    ///             after `patience`, with what differs
    public void awaitConverged(Duration patience) {
        Await.until("the shared state of all living nodes is equal", patience,
                () -> new Convergence(states()).differences(), this::toString);
    }

    private Map<Integer, Convergence.Held> states() {
        var states = new TreeMap<Integer, Convergence.Held>();
        running().forEach((number, node) -> {
            var state = node.sharedState()
                    .orElseThrow(() -> new IllegalStateException(
                            "node " + number + " shares no state"));
            states.put(number, new Convergence.Held(state.values(), state.replicator()
                    .map(replicator -> replicator.fingerprint().fingerprint())));
        });
        return states;
    }

    /// Returns when `holds`; for whatever else a test waits for.
    ///
    /// @param what a sentence without its end, such as "the cart has three elements"
    /// @throws AssertionError
    ///             after `patience`, with the sentence and how the mesh stands
    public void await(String what, Duration patience, BooleanSupplier holds) {
        Await.until(what, patience,
                () -> holds.getAsBoolean() ? List.of() : List.of("it did not come about"),
                this::toString);
    }

    /// Who leads `election`, as a majority of the voters says; empty when nobody does. Asks all living nodes and takes the
    /// first that knows.
    ///
    /// @throws AssertionError
    ///             if none reaches a majority within ten seconds
    public Optional<Leader> leaderOf(String election) {
        if (!plan.isCluster()) {
            throw new IllegalStateException("this mesh has no Cluster and so no elections;"
                    + " start it with cluster = true");
        }
        var asked = running().values()
                .stream()
                .map(node -> node.coordination()
                        .orElseThrow()
                        .leader(election, ANSWER_PATIENCE)
                        .toCompletableFuture())
                .toList();
        return firstOf(asked, election);
    }

    private Optional<Leader> firstOf(List<CompletableFuture<Standing>> asked, String election) {
        var known = new CompletableFuture<Standing>();
        for (var each : asked) {
            var _ = each.thenAccept(standing -> {
                if (!(standing instanceof Failure)) {
                    known.complete(standing);
                }
            });
        }
        var _ = CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                .thenRun(() -> known.complete(asked.stream()
                        .map(CompletableFuture::join)
                        .max(Comparator.comparing(standing -> !(standing instanceof Failure)))
                        .orElseGet(Standing.Vacant::new)));
        return switch (known.join()) {
            case Standing.Follows(var leader) -> Optional.of(leader);
            case Standing.Vacant(),Standing.Leads _ -> Optional.empty();
            case Failure failure -> throw new AssertionError("nobody can say who leads '"
                    + election + "': " + failure.message() + " (" + this + ")");
        };
    }

    // --- for the extension

    /// Of all nodes, while the mesh lives.
    Path folder() {
        return plan.folder();
    }

    /// Heals, starts who does not run, and returns when all is as at the beginning.
    void mend() {
        heal();
        nodes.stream()
                .filter(node -> !node.isRunning())
                .map(MeshNode::number)
                .forEach(this::restart);
        awaitReady(PATIENCE);
    }

    /// Ends everything the mesh has started, and removes its folder.
    void end() {
        cables.change(cuts -> cuts.allKilled(nodes.size())); // nobody waits for a goodbye
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ended = nodes.stream()
                    .map(node -> CompletableFuture.runAsync(node::clear, threads))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(ended).join();
        } finally {
            remove(plan.folder());
        }
    }

    private static void remove(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of the mesh is not removed", e);
        }
    }

    /// How it stands: seed, cuts, and what each node says of itself.
    @Override
    public String toString() {
        return MeshText.of(plan, cables.cuts(), running());
    }
}
