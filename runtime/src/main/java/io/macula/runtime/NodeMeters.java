package io.macula.runtime;

import io.macula.actors.cluster.ClusterSeat;
import io.macula.actors.dht.Discovery;
import io.macula.actors.dht.TableView;
import io.macula.actors.gateway.GatewaySystem;
import io.macula.actors.local.Local;
import io.macula.actors.mesh.Mesh;
import io.macula.actors.wire.WireCounters;
import io.macula.runtime.coordination.CoordinationSeat;
import io.macula.runtime.coordination.CoordinationView;
import io.macula.runtime.global.NodeGlobalServices;
import io.macula.runtime.observe.AppMeters;
import io.macula.runtime.observe.Figures;
import io.macula.runtime.observe.Restarts;
import io.macula.runtime.workload.Workloads;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// Names the figures of a node's parts, `macula.*`. Each is read from its part when somebody looks.
final class NodeMeters {

    /// How long a look waits for the process behind the DHT.
    private static final Duration TABLE_PATIENCE = Duration.ofMillis(500);

    private final Figures figures;

    NodeMeters(Figures figures) {
        this.figures = figures;
    }

    void local(Local local) {
        figures.gauge("macula.subscriptions", "Subscriptions of this node's code.",
                () -> local.subscriptions().count());
        figures.count("macula.subscriptions.dropped",
                "Messages lost because the queue of a subscription was full.",
                () -> local.subscriptions().dropped());
        figures.gauge("macula.calls.open", "Calls that wait for their answer.",
                () -> local.calls().openCalls());
        figures.gauge("macula.requests.running", "Requests whose handlers run.",
                () -> local.procedures().running());
        figures.count("macula.requests.refused",
                "Requests that were answered busy because too many ran.",
                () -> local.procedures().refused());
        figures.gauge("macula.queue.messages", "Messages that wait in a queue.", "queue",
                "subscriptions", () -> local.subscriptions().waiting());
    }

    void wire(WireCounters wire) {
        figures.bytes("macula.links.sent", "Bytes of frames sent over all links.",
                () -> wire.snapshot().bytesOut());
        figures.bytes("macula.links.received", "Bytes of frames that came in over all links.",
                () -> wire.snapshot().bytesIn());
        figures.count("macula.links.frames.malformed", "Frames that could not be read.",
                () -> wire.snapshot().malformed());
        figures.count("macula.links.frames.unknown", "Frames of a type that is not known.",
                () -> wire.snapshot().unknownIds());
    }

    void mesh(Mesh mesh) {
        figures.gauge("macula.mesh.neighbours", "Nodes there is a link to.",
                () -> mesh.neighbours().count());
        figures.count("macula.mesh.frames.sent", "Frames sent to other nodes.", "way", "direct",
                () -> mesh.counters().snapshot().direct());
        figures.count("macula.mesh.frames.sent", "Frames sent to other nodes.", "way", "relayed",
                () -> mesh.counters().snapshot().relayed());
        figures.count("macula.mesh.frames.lost", "Frames that found no way, or no room on it.",
                () -> mesh.counters().snapshot().lost());
        figures.count("macula.mesh.frames.arrived", "Frames of other nodes for this one.",
                () -> mesh.counters().snapshot().arrived());
        figures.count("macula.mesh.frames.duplicate", "Requests that had come before.",
                () -> mesh.counters().snapshot().duplicates());
        figures.count("macula.mesh.frames.stray",
                "Frames of other nodes that could not be read.",
                () -> mesh.counters().snapshot().stray());
    }

    void dht(Discovery discovery) {
        lookups(discovery, "found", () -> discovery.lookups().found());
        lookups(discovery, "nothing", () -> discovery.lookups().nothing());
        lookups(discovery, "unreached", () -> discovery.lookups().unreached());
        figures.count("macula.dht.lookup.hops", "Hops of all lookups that found something.",
                () -> discovery.lookups().hops());
        figures.count("macula.dht.lookup.requests", "Requests of all lookups.",
                () -> discovery.lookups().requests());
        figures.seconds("macula.dht.lookup.time", "Time of all lookups together.",
                () -> discovery.lookups().millis() / 1e3);
        figures.gauge("macula.queue.messages", "Messages that wait in a queue.", "queue", "dht",
                discovery::waiting);
        figures.gauge("macula.dht.contacts", "Nodes in the routing table.",
                () -> of(discovery, table -> table.contacts().size()));
        figures.gauge("macula.dht.values", "Keys whose value is held here.",
                () -> of(discovery, TableView::values));
        figures.gauge("macula.dht.keys", "Keys whose providers are held here.",
                () -> of(discovery, TableView::providedKeys));
        figures.gauge("macula.dht.own.keys", "Keys this node provides.",
                () -> discovery.provided().size());
    }

    private void lookups(Discovery discovery, String result,
            DoubleSupplier value) {
        figures.count("macula.dht.lookups", "Lookups that ended.", "result", result, value);
    }

    /// No number while the process is too busy to say.
    private static double of(Discovery discovery,
            ToDoubleFunction<TableView> figure) {
        return discovery.table()
                .toCompletableFuture()
                .completeOnTimeout(Optional.empty(), TABLE_PATIENCE.toMillis(),
                        TimeUnit.MILLISECONDS)
                .join()
                .map(figure::applyAsDouble)
                .orElse(Double.NaN);
    }

    void state(StateAssembly state) {
        var counters = state.counters();
        figures.gauge("macula.crdt.entries", "Entries of shared state.",
                () -> state.shared().replicator().map(each -> each.store().size()).orElse(0));
        figures.gauge("macula.crdt.peers", "Nodes that state is shared with.",
                () -> state.shared().replicator().map(each -> each.peers().size()).orElse(0));
        figures.gauge("macula.crdt.log", "Size of the log of changes.", "bytes",
                () -> state.shared().replicator().map(each -> each.logBytes()).orElse(0L));
        figures.count("macula.crdt.frames.sent", "Frames of shared state sent.",
                () -> counters.snapshot().sent());
        figures.bytes("macula.crdt.sent", "Bytes of shared state sent.",
                () -> counters.snapshot().sentBytes());
        figures.count("macula.crdt.frames.arrived", "Frames of shared state that came in.",
                () -> counters.snapshot().arrived());
        figures.count("macula.crdt.frames.lost", "Frames that found no way, or no room on it.",
                () -> counters.snapshot().lost());
        figures.count("macula.crdt.frames.refused", "Frames that came while too many waited.",
                () -> counters.snapshot().refused());
        figures.count("macula.crdt.frames.malformed",
                "Frames that could not be read or were for another group.",
                () -> counters.snapshot().malformed());
        figures.count("macula.crdt.skewed", "Changes whose clock was too far ahead.",
                () -> counters.snapshot().skewed());
        figures.count("macula.crdt.repaired", "Entries that a comparison brought or took.",
                () -> counters.snapshot().repaired());
    }

    void gateway(GatewaySystem gateway) {
        figures.gauge("macula.gateway.clients", "Peers that are in.", gateway::clients);
        figures.count("macula.gateway.clients.refused", "Peers turned away.",
                gateway::clientsRefused);
        figures.count("macula.gateway.published", "Messages that came in.",
                () -> gateway.counters().published());
        figures.count("macula.gateway.delivered", "Copies handed to links.",
                () -> gateway.counters().delivered());
        figures.count("macula.gateway.dropped", "Copies lost because a link was full.",
                () -> gateway.counters().dropped());
        figures.count("macula.gateway.requests", "Calls that came in.",
                () -> gateway.counters().requests());
        figures.count("macula.gateway.overloads",
                "Messages refused because their sender had too many waiting.",
                () -> gateway.counters().overloads());
        figures.count("macula.gateway.invalid", "Messages that break a rule.",
                () -> gateway.counters().invalid());
        figures.count("macula.gateway.routed", "Frames passed on to another node.",
                () -> gateway.counters().routed());
        figures.count("macula.gateway.unroutable", "Frames for a node that is not known.",
                () -> gateway.counters().unroutable());
        figures.gauge("macula.queue.messages", "Messages that wait in a queue.", "queue",
                "gateway", gateway::waiting);
    }

    /// @param peers those this node talks to
    void links(Supplier<List<PeerLine>> peers) {
        figures.gauges("macula_links", "Links by what is at their end and how it is reached.",
                List.of("kind", "path"), () -> {
                    var links = new TreeMap<List<String>, Double>(
                            Comparator.comparing(List::toString));
                    peers.get()
                            .forEach(peer -> links.merge(List.of(peer.kind(), peer.path()), 1.0,
                                    Double::sum));
                    return links;
                });
        figures.gauge("macula.links.rtt.median", "Last round trip, of half of the links less.",
                "seconds", () -> roundTrip(peers.get(), 0.5));
        figures.gauge("macula.links.rtt.max", "Last round trip of the slowest link.",
                "seconds", () -> roundTrip(peers.get(), 1));
    }

    /// No number before the first was measured.
    private static double roundTrip(List<PeerLine> peers, double share) {
        var measured = peers.stream()
                .map(PeerLine::roundTrip)
                .filter(Duration::isPositive)
                .sorted()
                .toList();
        return measured.isEmpty()
                ? Double.NaN
                : measured.get((int) Math.round((measured.size() - 1) * share)).toNanos() / 1e9;
    }

    void restarts(Restarts restarts) {
        figures.counts("macula_supervision_restarts",
                "Children that were started again, by the tree they are in.", List.of("tree"),
                () -> ofTrees(restarts.byTree()));
        figures.counts("macula_supervision_given_up",
                "Supervisors that passed their restart limit, by the tree they are in.",
                List.of("tree"), () -> ofTrees(restarts.givenUpByTree()));
    }

    private static Map<List<String>, Double> ofTrees(Map<String, Long> counts) {
        var rows = new LinkedHashMap<List<String>, Double>();
        counts.forEach((tree, count) -> rows.put(List.of(tree), (double) count));
        return rows;
    }

    void trees(Supplier<List<io.macula.supervision.Node>> trees) {
        figures.gauges("macula_supervision_children", "Places of all trees by their state.",
                List.of("state"), () -> {
                    var states = new TreeMap<List<String>, Double>(
                            Comparator.comparing(List::toString));
                    trees.get().forEach(tree -> count(tree, states));
                    return states;
                });
    }

    private static void count(io.macula.supervision.Node place,
            Map<List<String>, Double> states) {
        states.merge(List.of(place.state().text()), 1.0, Double::sum);
        place.children().forEach(child -> count(child, states));
    }

    void workloads(Workloads workloads, AppMeters meters) {
        figures.gauges("macula_app_workloads", "Workloads by their state.", List.of("state"),
                () -> {
                    var states = new TreeMap<List<String>, Double>(
                            Comparator.comparing(List::toString));
                    workloads.views()
                            .forEach(view -> states.merge(List.of(
                                    view.state().name().toLowerCase(Locale.ROOT)), 1.0,
                                    Double::sum));
                    return states;
                });
        figures.counts("macula_app_restarts",
                "How often a workload was started again since it was deployed.",
                List.of("workload"), () -> {
                    var rows = new LinkedHashMap<List<String>, Double>();
                    workloads.views()
                            .forEach(view -> rows.put(List.of(view.name()),
                                    (double) view.restarts()));
                    return rows;
                });
        figures.count("macula.app.meters.refused", "Figures of workloads that found no room.",
                meters::refused);
    }

    void services(NodeGlobalServices services) {
        figures.gauge("macula.global.hosted", "Global services that this node hosts.",
                services::hosted);
        figures.gauge("macula.global.instances",
                "Global services whose instance this node is, because it leads them.",
                services::instances);
    }

    void cluster(ClusterSeat seat) {
        figures.gauge("macula.cluster.members", "Members of the Cluster.",
                () -> seat.membership().view().members().size());
        figures.gauge("macula.cluster.unreachable", "Members that do not answer.",
                () -> seat.membership().view().unreachable().size());
        figures.count("macula.cluster.downed", "How often this node was excluded and came back.",
                () -> seat.membership().view().downed());
    }

    void coordination(CoordinationSeat seat) {
        figures.gauge("macula.coordination.voters", "Voters of the Cluster.",
                () -> seat.view().voters().size());
        figures.gauge("macula.coordination.leads",
                "Whether this node leads the coordination of its Cluster.",
                () -> seat.view().state() == CoordinationView.State.LEADER ? 1 : 0);
    }
}
