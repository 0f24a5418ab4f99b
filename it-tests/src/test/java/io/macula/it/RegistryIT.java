package io.macula.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.app.Rpc;
import io.macula.app.State;
import io.macula.app.StateKey;
import io.macula.crdt.OrSet;
import io.macula.runtime.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The registry of a Cluster, read as any workload may read it.
class RegistryIT {

    private static final StateKey<OrSet> ADDERS = StateKey.set("macula/services/add");
    private static final StateKey<OrSet> READERS = StateKey.set("macula/interests/sensor.**");

    private final List<Node> nodes = new ArrayList<>();

    @BeforeEach
    void start() {
        nodes.add(Mesh.gateway());
        nodes.add(Mesh.nodeOf("one", nodes.getFirst()));
        nodes.add(Mesh.nodeOf("two", nodes.getFirst()));
    }

    @AfterEach
    void stop() {
        nodes.forEach(Node::close);
    }

    private State state(int node) {
        return nodes.get(node).state().orElseThrow();
    }

    private String id(int node) {
        return nodes.get(node).id().hex();
    }

    private void awaitOn(int node, StateKey<OrSet> set, String... ids) {
        await().atMost(Mesh.PATIENCE)
                .untilAsserted(() -> assertThat(state(node).get(set).elements())
                        .extracting(io.macula.crdt.Bytes::text)
                        .containsExactlyInAnyOrder(ids));
    }

    @Test
    void everyNodeKnowsWhoOffersAndWhoListensAndForgetsWhoLeaves() {
        nodes.get(1).topics().subscribe("longer.than.a.name.may.be." + "x".repeat(600), _ -> {});
        nodes.get(1).rpc().serve("add", Rpc.Answer.Result::new);
        nodes.get(2).topics().subscribe("sensor.*", _ -> {});
        awaitOn(2, ADDERS, id(1));
        awaitOn(1, READERS, id(2));
        assertThat(state(0).get(StateKey.fields("macula/nodes/" + id(1))).get("role"))
                .map(io.macula.crdt.Bytes::text)
                .contains("peer");

        nodes.get(1).close();

        awaitOn(2, ADDERS);
        await().atMost(Mesh.PATIENCE)
                .until(() -> state(0).get(StateKey.fields("macula/nodes/" + id(1))).size() == 0);
    }

    @Test
    void aProcessThatCrashedGoesOn() {
        assertThat(nodes.get(1).crash("macula/platform_system/service_directory")).isTrue();

        nodes.get(1).rpc().serve("add", Rpc.Answer.Result::new);

        awaitOn(2, ADDERS, id(1));
    }

    @Test
    void workloadsMayNotWriteThere() throws Exception {
        var refused = state(0).update(ADDERS, (set, tick) -> set.add(tick.dot(), "me"))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);

        assertThat(refused).isEqualTo(new State.Changed.Invalid("names that begin with macula/"
                + " belong to the platform; choose another name"));
    }
}
