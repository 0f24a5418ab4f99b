package io.macula.runtime;

import io.macula.actors.cluster.ClusterSeat;
import io.macula.actors.cluster.ClusterView;
import io.macula.actors.gateway.GatewaySystem;
import io.macula.actors.local.Local;
import io.macula.actors.peer.Uplinks;
import io.macula.actors.wire.WireCounters;
import io.macula.runtime.coordination.CoordinationSeat;
import io.macula.runtime.workload.WorkloadView;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The parts of a node that have figures, those that it has.
record NodeParts(Local local, Uplinks uplinks, WireCounters wire, Optional<NodeMesh> mesh,
        Optional<StateAssembly> state, Optional<GatewaySystem> gateway,
        Optional<ClusterSeat> cluster, Optional<CoordinationSeat> coordination,
        Optional<WorkloadAssembly> workloads, NodeSignals signals) {

    private static final String OK = "ok";

    /// The few that stand at `/health`.
    Map<String, Long> figures() {
        var figures = new NodeFigures().links(uplinks, local);
        gateway.ifPresent(figures::gateway);
        mesh.ifPresent(figures::mesh);
        state.ifPresent(figures::state);
        cluster.ifPresent(seat -> figures.cluster(seat.membership().view()));
        coordination.ifPresent(seat -> figures.coordination(seat.view()));
        figures.wire(wire.snapshot());
        return figures.all();
    }

    /// How the parts are that the node can do without for a while: `ok`, or a sentence why not.
    Map<String, String> sentences() {
        var sentences = new TreeMap<String, String>();
        sentences.put("links", links());
        cluster.ifPresent(seat -> sentences.put("cluster", of(seat.membership().view())));
        coordination.ifPresent(seat -> sentences.put("coordination",
                seat.view().problem().isEmpty() ? OK : seat.view().problem()));
        workloads.ifPresent(each -> sentences.put("workloads", of(each.workloads().views())));
        return sentences;
    }

    private String links() {
        var isAlone = uplinks.up().isEmpty()
                && mesh.map(nodes -> nodes.mesh().neighbours().isEmpty()).orElse(true);
        return isAlone && !uplinks.all().isEmpty()
                ? "no link is up, though " + uplinks.all().size() + " are wanted"
                : OK;
    }

    private static String of(ClusterView view) {
        if (view.isUp()) {
            return OK;
        }
        return view.problem().isEmpty()
                ? "it is no member yet: " + view.state().name().toLowerCase(Locale.ROOT)
                : view.problem();
    }

    private static String of(List<WorkloadView> views) {
        var unwell = views.stream()
                .filter(view -> view.state() == WorkloadView.State.FAILED
                        || view.state() == WorkloadView.State.UNHEALTHY)
                .map(view -> view.name() + ": " + view.problem())
                .toList();
        return unwell.isEmpty() ? OK : String.join("; ", unwell);
    }

    /// All of them, for `/metrics`.
    void name(NodeMeters meters) {
        meters.local(local);
        meters.wire(wire);
        mesh.ifPresent(nodes -> {
            meters.mesh(nodes.mesh());
            meters.dht(nodes.discovery());
        });
        state.ifPresent(meters::state);
        gateway.ifPresent(meters::gateway);
        cluster.ifPresent(meters::cluster);
        coordination.ifPresent(meters::coordination);
        workloads.ifPresent(each -> meters.workloads(each.workloads(), signals.apps()));
        meters.restarts(signals.restarts());
    }
}
