package io.macula.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.app.State;
import io.macula.app.StateKey;
import io.macula.crdt.OrSet;
import io.macula.crdt.PnCounter;
import io.macula.runtime.Node;
import io.macula.runtime.NodeSettings;
import io.macula.runtime.Role;
import io.macula.runtime.Tuning;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes with a data directory, stopped and started again.
class StateOnDiskIT {

    private static final StateKey<PnCounter> VISITS = StateKey.counter("visits");
    private static final StateKey<OrSet> CART = StateKey.set("cart");

    @TempDir Path home;
    private final List<Node> nodes = new ArrayList<>();

    @AfterEach
    void stop() {
        nodes.forEach(Node::close);
    }

    private Node start(String name, Node... seeds) {
        var seed = List.of(seeds).stream().map(Mesh::addressOf).toList();
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var role = seed.isEmpty() ? Role.GATEWAY : Role.PEER;
        var node = Mesh.start(new NodeSettings(name, role,
                new NodeSettings.RealmSettings(Mesh.REALM, null, List.of()), folder(name), anyPort,
                null, seed, true, Tuning.DEFAULT));
        nodes.add(node);
        return node;
    }

    private Path folder(String name) {
        try {
            return Files.createDirectories(home.resolve(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static State state(Node node) {
        return node.state().orElseThrow();
    }

    private static void count(Node node, long by) {
        assertThat(get(state(node).update(VISITS,
                (visits, tick) -> visits.increment(tick.dot(), by))))
                .isInstanceOf(State.Changed.Done.class);
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(Mesh.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    @Test
    void aNodeFindsItsStateAgainWhenItStarts() {
        var node = start("alone");
        count(node, 4);
        node.close();

        var again = start("alone");

        assertThat(state(again).get(VISITS).value()).isEqualTo(4);
        count(again, 1);
        assertThat(state(again).get(VISITS).value()).isEqualTo(5);
    }

    @Test
    void aProcessThatCrashesGoesOnFromItsDisk() {
        var node = start("alone");
        count(node, 4);

        assertThat(node.crash("macula/platform_system/state_replicator")).isTrue();

        await().atMost(Mesh.PATIENCE)
                .until(() -> get(state(node).update(VISITS,
                        (visits, tick) -> visits.increment(tick.dot(),
                                1))) instanceof State.Changed.Done);
        assertThat(state(node).get(VISITS).value()).isEqualTo(5);
    }

    @Test
    void aDamagedStoreIsSetAsideAndFilledFromThePeers() throws IOException {
        var gateway = start("gateway");
        var node = start("node", gateway);
        count(gateway, 2);
        await().atMost(Mesh.PATIENCE).until(() -> state(node).get(VISITS).value() == 2);
        for (int i = 0; i < 200; i++) {
            var element = "element " + i;
            get(state(node).update(CART, (cart, tick) -> cart.add(tick.dot(), element)));
        }
        await().atMost(Mesh.PATIENCE).until(() -> state(gateway).get(CART).size() == 200);
        node.close();
        damage(home.resolve("node/state/db"));

        var again = start("node", gateway);

        await().atMost(Mesh.PATIENCE).until(() -> state(again).get(CART).size() == 200);
        assertThat(state(again).get(VISITS).value()).isEqualTo(2);
        try (var folders = Files.list(home.resolve("node"))) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("state.damaged-"));
        }
        count(again, 1);
        await().atMost(Mesh.PATIENCE).until(() -> state(gateway).get(VISITS).value() == 3);
    }

    private static void damage(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.filter(file -> file.toString().matches(".*\\.(log|sst)"))
                    .toList()) {
                var bytes = Files.readAllBytes(file);
                for (int i = bytes.length / 3; i < bytes.length / 2; i++) {
                    bytes[i] ^= 0x5a;
                }
                Files.write(file, bytes);
            }
        }
    }
}
