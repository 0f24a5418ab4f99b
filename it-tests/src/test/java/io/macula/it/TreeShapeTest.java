package io.macula.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.cluster.ClusterSettings;
import io.macula.runtime.Node;
import io.macula.runtime.Role;
import io.macula.runtime.Tuning;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// The trees of a running node are those of the architecture: every supervisor with its strategy,
/// its limit and its children in their order, and nothing else.
class TreeShapeTest {

    @Test
    void aGatewayRunsTheGatewayTrees() {
        try (var gateway = Mesh.gateway()) {
            assertThat(shape(gateway)).isEqualTo("""
                macula one_for_one 10/5
                  protocol_registry
                  bootstrap_system one_for_one 10/60
                    bootstrap_server
                    bootstrap_registry
                    bootstrap_health
                  gateway_system rest_for_one 10/60
                    gateway_health
                    gateway_diagnostics
                    gateway_quic_server
                    gateway
                    gateway_workers one_for_one 10/60
                      gateway_clients
                      gateway_pubsub
                      gateway_rpc
                      gateway_mesh
                  routing_system one_for_one 10/60
                    routing_server
                  peers dynamic 10/60
                  peer_discovery
                  platform_system one_for_one 5/10
                    service_health
                    state_replicator
                    service_directory
                    global_services dynamic 10/60
                    global_keeper
                    advisory_elections
                    workloads dynamic 10/60
                    workload_keeper
                """.strip());
        }
    }

    @Test
    void aPeerRunsOnePeerSystemPerWantedPeer() {
        try (var gateway = Mesh.gateway(); var peer = Mesh.peerOf(gateway, "peer")) {
            var address = Mesh.addressOf(gateway).hostPort();
            Awaitility.await()
                    .atMost(Mesh.PATIENCE)
                    .until(() -> shape(peer).contains("advertisement_manager"));

            assertThat(shape(peer)).isEqualTo("""
                macula one_for_one 10/5
                  protocol_registry
                  peers dynamic 10/60
                    peer_system@%s one_for_all 10/60
                      connection
                      pubsub_handler
                      rpc_handler
                      advertisement_manager
                  peer_discovery
                  platform_system one_for_one 5/10
                    service_health
                """.formatted(address).strip());
        }
    }

    @Test
    void aPeerThatListensRunsItsPartOfTheMesh() {
        try (var node = Mesh.nodeOf("node")) {
            assertThat(shape(node)).isEqualTo("""
                macula one_for_one 10/5
                  protocol_registry
                  mesh_system one_for_one 10/60
                    mesh_listener
                    mesh_links
                  routing_system one_for_one 10/60
                    routing_server
                  peers dynamic 10/60
                  peer_discovery
                  platform_system one_for_one 5/10
                    service_health
                    state_replicator
                    service_directory
                    global_services dynamic 10/60
                    global_keeper
                    advisory_elections
                    workloads dynamic 10/60
                    workload_keeper
                """.strip());
        }
    }

    @Test
    void aMemberOfAClusterRunsItsMembership() {
        var settings = Mesh.settings("member", Role.PEER, Tuning.DEFAULT, List.of())
                .withCluster(ClusterSettings.onLoopback("shape", 0, List.of()));
        try (var node = Mesh.start(settings)) {
            assertThat(shape(node)).isEqualTo("""
                macula one_for_one 10/5
                  protocol_registry
                  peers dynamic 10/60
                  peer_discovery
                  cluster_system one_for_one 5/60
                    cluster_member
                  platform_system one_for_one 5/10
                    service_health
                """.strip());
        }
    }

    private static String shape(Node node) {
        var lines = new ArrayList<String>();
        node.trees().forEach(tree -> describe(tree, 0, lines));
        return String.join("\n", lines);
    }

    private static void describe(io.macula.supervision.Node place, int depth,
            List<String> lines) {
        var limits = place.limits();
        var text = limits == null
                ? ""
                : " %s %d/%d".formatted(limits.strategy().text(),
                        limits.limit(), limits.period().toSeconds());
        lines.add("  ".repeat(depth) + place.id() + text);
        place.children().forEach(child -> describe(child, depth + 1, lines));
    }
}
