package io.macula.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.actors.cluster.ClusterChannel;
import io.macula.actors.cluster.ClusterChannel.Sent;
import io.macula.actors.cluster.ClusterView;
import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.Rpc.CallOptions;
import io.macula.runtime.FreePorts;
import io.macula.runtime.Node;
import io.macula.runtime.config.SettingsReader;
import io.macula.runtime.config.SettingsReader.Purpose;
import io.macula.runtime.config.SettingsSources;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three nodes that form a Cluster from their configuration.
class ClusterIT {

    private static final String MEMBER = "macula/cluster_system/cluster_member";

    @TempDir Path folder;

    private final Node[] nodes = new Node[3];
    private final List<Integer> ports = FreePorts.take(3);

    @AfterEach
    void stop() {
        Arrays.stream(nodes).parallel().forEach(Node::close);
    }

    private void start(int number) {
        var file = """
            macula {
              role = gateway
              data-dir = %s
              faults.allow = true
              state.enabled = false
              quic.port = 0
              http.port = 0
              cluster {
                enabled = true
                port = %d
                seeds = [%s]
                roles = [number-%d]
                silence-max = 2 s
                stable-after = 2 s
              }
            }
            """.formatted(folder.resolve("node" + number), ports.get(number),
                ports.stream()
                        .map(port -> "\"127.0.0.1:" + port + "\"")
                        .collect(
                                Collectors.joining(", ")),
                number);
        var sources = new SettingsSources(Map.of(), Map.of(),
                new SettingsSources.File("macula.conf", file), folder);
        nodes[number] = switch (SettingsReader.read(sources, Purpose.NODE)) {
            case SettingsReader.Read.Ok(var settings) -> Mesh.start(settings.node());
            case SettingsReader.Read.Wrong(var problems) -> throw new AssertionError(problems);
        };
    }

    private ClusterView view(int number) {
        return nodes[number].cluster().orElseThrow().membership().view();
    }

    private ClusterChannel channel(int number) {
        return nodes[number].cluster().orElseThrow().channel();
    }

    private boolean sees(int number, int members) {
        var view = view(number);
        return view.isUp() && view.members().size() == members
                && view.members()
                        .stream()
                        .allMatch(member -> member.status().equals("up") && member.isReachable());
    }

    private void awaitThree() {
        await().atMost(Mesh.PATIENCE)
                .until(() -> sees(0, 3) && sees(1, 3) && sees(2, 3));
    }

    /// One test, because starting three nodes is what takes the time.
    @Test
    void theyFindEachOtherAndWhoeverGoesOrCrashesIsBackByItself() {
        for (var number = 0; number < 3; number++) {
            start(number);
        }
        awaitThree();
        assertThat(view(0).leading()).isPresent().isEqualTo(view(1).leading());
        assertThat(view(2).members()).anySatisfy(member -> {
            assertThat(member.node()).isEqualTo(nodes[0].id());
            assertThat(member.roles()).containsExactly("number-0");
        });

        framesArriveInTheirOrder();
        aCrashHealsWhileEverybodyElseIsServed();
        whoeverLeavesIsGoneAtOnceAndComesBack();
    }

    private void framesArriveInTheirOrder() {
        Queue<Integer> heard = new ConcurrentLinkedQueue<>();
        channel(1).listen((from, frame) -> {
            if (from.equals(nodes[0].id())) {
                heard.add(frame.length);
            }
        });
        await().atMost(Mesh.PATIENCE)
                .until(() -> channel(0).reachable().contains(nodes[1].id()));
        for (var size : List.of(1, ClusterChannel.FRAME_BYTES_MAX, 0, 500)) {
            assertThat(channel(0).send(nodes[1].id(), new byte[size])).isEqualTo(Sent.QUEUED);
        }

        await().atMost(Mesh.PATIENCE).until(() -> heard.size() == 4);
        assertThat(heard).containsExactly(1, ClusterChannel.FRAME_BYTES_MAX, 0, 500);
        moreThanAWindowArrivesWhole(heard);
    }

    private void moreThanAWindowArrivesWhole(Queue<Integer> heard) {
        heard.clear();
        for (var number = 0; number < 2_000; number++) {
            var frame = new byte[number];
            if (channel(0).send(nodes[1].id(), frame) != Sent.QUEUED) {
                await().atMost(Mesh.PATIENCE)
                        .until(() -> channel(0).send(nodes[1].id(), frame) == Sent.QUEUED);
            }
        }

        await().atMost(Mesh.PATIENCE).until(() -> heard.size() == 2_000);
        assertThat(List.copyOf(heard)).isSorted().doesNotHaveDuplicates();
    }

    private void aCrashHealsWhileEverybodyElseIsServed() {
        var rpc = nodes[2].rpc();
        rpc.serve("still.there", _ -> new Rpc.Answer.Result(text("1")));
        var before = view(2).incarnation();

        assertThat(nodes[2].crash(MEMBER)).isTrue();
        await().atMost(Mesh.PATIENCE).until(() -> {
            assertThat(rpc.call("still.there", text("null"), CallOptions.DEFAULT)
                    .toCompletableFuture()
                    .join()).isEqualTo(new Rpc.Outcome.Ok(text("1")));
            return view(2).incarnation() > before;
        });

        awaitThree();
    }

    private void whoeverLeavesIsGoneAtOnceAndComesBack() {
        nodes[0].close();
        await().atMost(Mesh.PATIENCE).until(() -> sees(1, 2) && sees(2, 2));
        assertThat(view(1).downed()).isZero();

        start(0);

        awaitThree();
    }

    private static Payload text(String text) {
        return Payload.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
