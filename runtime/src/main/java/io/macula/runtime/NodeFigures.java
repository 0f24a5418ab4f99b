package io.macula.runtime;

import io.macula.actors.cluster.ClusterView;
import io.macula.actors.gateway.GatewaySystem;
import io.macula.actors.local.Local;
import io.macula.actors.peer.Uplinks;
import io.macula.actors.wire.WireCounters;
import io.macula.runtime.coordination.CoordinationView;
import java.util.Map;
import java.util.TreeMap;

/// The numbers a node tells of itself, by name, gathered from its parts.
final class NodeFigures {

    private final Map<String, Long> figures = new TreeMap<>();

    Map<String, Long> all() {
        return new TreeMap<>(figures);
    }

    NodeFigures links(Uplinks uplinks, Local local) {
        figures.put("links_up", (long) uplinks.up().size());
        figures.put("open_calls", (long) local.calls().openCalls());
        figures.put("subscription_drops", local.subscriptions().dropped());
        return this;
    }

    void mesh(NodeMesh nodes) {
        var counters = nodes.mesh().counters().snapshot();
        figures.put("neighbours", (long) nodes.mesh().neighbours().count());
        figures.put("mesh_sent_direct", counters.direct());
        figures.put("mesh_sent_relayed", counters.relayed());
        figures.put("mesh_lost", counters.lost());
        figures.put("mesh_arrived", counters.arrived());
    }

    void state(StateAssembly state) {
        var counters = state.counters().snapshot();
        state.shared().replicator().ifPresent(replicator -> {
            figures.put("state_entries", (long) replicator.store().size());
            figures.put("state_peers", (long) replicator.peers().size());
            figures.put("state_log_bytes", replicator.logBytes());
        });
        figures.put("state_frames_sent", counters.sent());
        figures.put("state_bytes_sent", counters.sentBytes());
        figures.put("state_frames_lost", counters.lost());
        figures.put("state_frames_arrived", counters.arrived());
        figures.put("state_repaired", counters.repaired());
        figures.put("state_skewed", counters.skewed());
    }

    void cluster(ClusterView view) {
        figures.put("cluster_members", (long) view.members().size());
        figures.put("cluster_unreachable", (long) view.unreachable().size());
        figures.put("cluster_downed", (long) view.downed());
    }

    void coordination(CoordinationView view) {
        figures.put("coordination_voters", (long) view.voters().size());
        figures.put("coordination_leads", view.state() == CoordinationView.State.LEADER ? 1L : 0L);
    }

    void gateway(GatewaySystem system) {
        var counters = system.counters();
        figures.put("clients", (long) system.clients());
        figures.put("clients_refused", system.clientsRefused());
        figures.put("published", counters.published());
        figures.put("delivered", counters.delivered());
        figures.put("dropped", counters.dropped());
        figures.put("requests", counters.requests());
        figures.put("overloads", counters.overloads());
        figures.put("invalid", counters.invalid());
    }

    void wire(WireCounters.Snapshot wire) {
        figures.put("frames_malformed", wire.malformed());
        figures.put("frames_unknown", wire.unknownIds());
    }
}
