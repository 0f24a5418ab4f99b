package io.macula.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.app.Rpc;
import io.macula.app.State;
import io.macula.app.StateKey;
import io.macula.app.Topics;
import io.macula.crdt.OrSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The registry of a Cluster, read as any workload may read it.
class RegistryIT {

    private static final StateKey<OrSet> ADDERS = StateKey.set("macula/services/add");
    private static final StateKey<OrSet> READERS = StateKey.set("macula/interests/sensor.**");

    @AutoClose private final ThreeNodes nodes = new ThreeNodes();

    private State state(int node) {
        return nodes.get(node).state().orElseThrow();
    }

    private void awaitOn(int node, StateKey<OrSet> set, String... ids) {
        await().atMost(Mesh.PATIENCE)
                .untilAsserted(() -> assertThat(state(node).get(set).elements())
                        .extracting(io.macula.crdt.Bytes::text)
                        .containsExactlyInAnyOrder(ids));
    }

    @Test
    void everyNodeKnowsWhoOffersAndWhoListensAndForgetsWhoLeaves() {
        assertThat(nodes.get(1)
                .topics()
                .subscribe("longer.than.a.name.may.be." + "x".repeat(600), _ -> {}))
                .isInstanceOf(Topics.Subscribed.Active.class);
        nodes.get(1).rpc().serve("add", Rpc.Answer.Result::new);
        nodes.get(2).topics().subscribe("sensor.*", _ -> {});
        awaitOn(2, ADDERS, nodes.id(1));
        awaitOn(1, READERS, nodes.id(2));
        assertThat(state(0).get(StateKey.fields("macula/nodes/" + nodes.id(1))).get("role"))
                .map(io.macula.crdt.Bytes::text)
                .contains("peer");

        nodes.get(1).close();

        awaitOn(2, ADDERS);
        await().atMost(Mesh.PATIENCE)
                .until(() -> state(0).get(StateKey.fields("macula/nodes/" + nodes.id(1)))
                        .size() == 0);
    }

    @Test
    void aProcessThatCrashedGoesOn() {
        assertThat(nodes.get(1).crash("macula/platform_system/service_directory")).isTrue();

        nodes.get(1).rpc().serve("add", Rpc.Answer.Result::new);

        awaitOn(2, ADDERS, nodes.id(1));
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
