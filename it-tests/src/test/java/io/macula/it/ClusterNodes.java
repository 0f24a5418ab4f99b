package io.macula.it;

import io.macula.runtime.FreePorts;
import io.macula.runtime.Node;
import io.macula.runtime.config.SettingsReader;
import io.macula.runtime.config.SettingsReader.Purpose;
import io.macula.runtime.config.SettingsSources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Gateways of this JVM that are members of one Cluster with voters, by their numbers. A number keeps its folder and its
/// port from one life of a node to the next.
final class ClusterNodes implements AutoCloseable {

    private static final int SEEDS = 3;

    private final Path folder;
    private final String more;
    private final List<Integer> ports;
    private final Map<Integer, Node> running = new TreeMap<>();

    /// @param more settings of each node, as in `macula.conf`
    ClusterNodes(Path folder, int numbers, String more) {
        this.folder = folder;
        this.more = more;
        this.ports = FreePorts.take(numbers);
    }

    /// Starts it; all but the first join the mesh through the first.
    void start(int number) {
        var file = """
            macula {
              role = gateway
              data-dir = %s
              faults.allow = true
              quic.port = 0
              http.enabled = false
              peers = [%s]
              cluster {
                enabled = true
                port = %d
                seeds = [%s]
                silence-max = 2 s
                stable-after = 2 s
              }
              coordination { enabled = true, port = 0 }
            }
            %s
            """.formatted(folder.resolve("node" + number), firstAddress(), ports.get(number),
                ports.subList(0, SEEDS)
                        .stream()
                        .map(port -> "\"127.0.0.1:" + port + "\"")
                        .collect(Collectors.joining(", ")),
                more);
        var sources = new SettingsSources(Map.of(), Map.of(),
                new SettingsSources.File("macula.conf", file), folder);
        running.put(number, switch (SettingsReader.read(sources, Purpose.NODE)) {
            case SettingsReader.Read.Ok(var settings) -> Mesh.start(settings.node());
            case SettingsReader.Read.Wrong(var problems) -> throw new AssertionError(problems);
        });
    }

    private String firstAddress() {
        return running.values()
                .stream()
                .findFirst()
                .map(first -> "\"" + Mesh.addressOf(first).hostPort() + "\"")
                .orElse("");
    }

    void stop(int number) {
        Objects.requireNonNull(running.remove(number)).close();
    }

    Node node(int number) {
        return Objects.requireNonNull(running.get(number));
    }

    /// Those that run.
    Map<Integer, Node> running() {
        return running;
    }

    @Override
    public void close() {
        running.values().parallelStream().forEach(Node::close);
    }
}
