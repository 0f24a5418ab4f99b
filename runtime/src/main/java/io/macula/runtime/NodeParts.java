package io.macula.runtime;

import io.macula.actors.cluster.ClusterSeat;
import io.macula.actors.gateway.GatewaySystem;
import io.macula.actors.local.Local;
import io.macula.actors.peer.Uplinks;
import io.macula.actors.wire.WireCounters;
import io.macula.runtime.coordination.CoordinationSeat;
import java.util.Map;
import java.util.Optional;

/// The parts of a node that have figures, those that it has.
record NodeParts(Local local, Uplinks uplinks, WireCounters wire, Optional<NodeMesh> mesh,
        Optional<StateAssembly> state, Optional<GatewaySystem> gateway,
        Optional<ClusterSeat> cluster, Optional<CoordinationSeat> coordination,
        Optional<WorkloadAssembly> workloads, NodeSignals signals) {

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
