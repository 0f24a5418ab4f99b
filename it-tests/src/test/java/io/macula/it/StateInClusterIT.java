package io.macula.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.app.State;
import io.macula.app.StateKey;
import io.macula.crdt.PnCounter;
import io.macula.runtime.FreePorts;
import io.macula.runtime.Node;
import io.macula.runtime.config.SettingsReader;
import io.macula.runtime.config.SettingsReader.Purpose;
import io.macula.runtime.config.SettingsSources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Members of a Cluster that have no link of the mesh share state over the Cluster's own channel.
class StateInClusterIT {

    private static final String MEMBER = "macula/cluster_system/cluster_member";
    private static final StateKey<PnCounter> VISITS = StateKey.counter("visits");

    @TempDir Path folder;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Integer> ports = FreePorts.take(2);

    @AfterEach
    void stop() {
        nodes.parallelStream().forEach(Node::close);
    }

    private void start(int number) {
        var file = """
            macula {
              role = gateway
              data-dir = %s
              faults.allow = true
              quic.port = 0
              http.port = 0
              cluster {
                enabled = true
                port = %d
                seeds = [%s]
                silence-max = 2 s
                stable-after = 2 s
              }
            }
            """.formatted(folder.resolve("node" + number), ports.get(number),
                ports.stream()
                        .map(port -> "\"127.0.0.1:" + port + "\"")
                        .collect(Collectors.joining(", ")));
        var sources = new SettingsSources(Map.of(), Map.of(),
                new SettingsSources.File("macula.conf", file), folder);
        nodes.add(switch (SettingsReader.read(sources, Purpose.NODE)) {
            case SettingsReader.Read.Ok(var settings) -> Mesh.start(settings.node());
            case SettingsReader.Read.Wrong(var problems) -> throw new AssertionError(problems);
        });
    }

    private void count(int node) {
        await().atMost(Mesh.PATIENCE)
                .until(() -> nodes.get(node)
                        .state()
                        .orElseThrow()
                        .update(VISITS, (visits, tick) -> visits.increment(tick.dot(), 1))
                        .toCompletableFuture()
                        .get(Mesh.PATIENCE.toSeconds(),
                                TimeUnit.SECONDS) instanceof State.Changed.Done);
    }

    private void awaitVisits(long count) {
        for (var node : nodes) {
            await().atMost(Mesh.PATIENCE)
                    .until(() -> node.state().orElseThrow().get(VISITS).value() == count);
        }
    }

    @Test
    void theyShareStateAndLoseNothingWhenAMemberIsStartedAgain() {
        start(0);
        start(1);

        count(0);
        count(1);
        awaitVisits(2);
        assertThat(nodes.getFirst().peers()).as("there is no link between them").isEmpty();

        assertThat(nodes.getFirst().crash(MEMBER)).isTrue();
        count(0);
        count(1);
        awaitVisits(4);
    }
}
