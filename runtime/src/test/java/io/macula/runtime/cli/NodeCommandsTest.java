package io.macula.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.dht.NodeId;
import io.macula.runtime.Node.Stopped;
import io.macula.runtime.PeerLine;
import io.macula.runtime.Role;
import io.macula.runtime.control.ControlClient;
import io.macula.runtime.control.ControlClient.Answer;
import io.macula.runtime.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeCommandsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir Path home;
    private final FakeMesh mesh = new FakeMesh();

    @Test
    void aNodeTellsWhereItIsAndDrainsOnCtrlC() throws Exception {
        var terminal = terminal();
        var ended = ready(terminal, "node", "start", "--role", "gateway", "--quic-port", "7001",
                "--http-port", "7002");

        assertThat(terminal.out()).contains("127.0.0.1:7001", "http://127.0.0.1:7002",
                home.resolve("macula/gateway").toString());
        terminal.pressCtrlC();

        assertThat(code(ended)).isZero();
        assertThat(mesh.nodes.getFirst().stopped).isDone();
        assertThat(mesh.started.getFirst().role()).isEqualTo(Role.GATEWAY);
    }

    @Test
    void programsReadOneJsonObject() throws Exception {
        var terminal = terminal();
        var ended = terminal.start("node", "start", "--json", "--peer", "far:1", "near:2");
        await().atMost(PATIENCE).until(() -> terminal.out().endsWith("}\n"));

        assertThat(Json.parse(terminal.out())).isInstanceOfSatisfying(Json.Parsed.Value.class,
                value -> assertThat(value.node().path("id").asText()).hasSize(40));
        assertThat(mesh.started.getFirst().peers()).hasToString("[far:1, near:2]");
        terminal.pressCtrlC();
        assertThat(code(ended)).isZero();
    }

    @Test
    void aSecondNodeInTheSameFolderIsRefused() throws Exception {
        var first = terminal();
        var ended = ready(first, "node", "start");

        var second = terminal().run("node", "start");

        assertThat(second.code()).isEqualTo(1);
        assertThat(second.err()).contains("another node is running", "--data-dir");
        first.pressCtrlC();
        assertThat(code(ended)).isZero();
    }

    @Test
    void readsTheFileOfItsFolderOrTheNamedOne() throws Exception {
        var dataDir = Files.createDirectories(home.resolve("mine"));
        Files.writeString(dataDir.resolve("macula.conf"), "macula.name = found");
        var named = Files.writeString(home.resolve("other.conf"), "macula.name = named");

        var found = terminal();
        var foundEnded = ready(found, "node", "start", "--data-dir", dataDir.toString());
        found.pressCtrlC();
        assertThat(code(foundEnded)).isZero();
        var other = terminal();
        var otherEnded = ready(other, "node", "start", "--config", named.toString());
        other.pressCtrlC();
        assertThat(code(otherEnded)).isZero();

        assertThat(mesh.started).extracting("name").containsExactly("found", "named");
    }

    @Test
    void aMissingOrWrongFileIsWrongUsage() throws IOException {
        var wrong = Files.writeString(home.resolve("wrong.conf"), "macula.quik.port = 1");

        var missing = terminal().run("node", "start", "--config", "/no/such/file");
        var misspelt = terminal().run("node", "start", "--config", wrong.toString());

        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("/no/such/file");
        assertThat(misspelt.code()).isEqualTo(2);
        assertThat(misspelt.err()).contains("did you mean macula.quic.port?");
    }

    @Test
    void aNodeWhoseTreeGaveUpFails() throws Exception {
        var terminal = terminal();
        var ended = ready(terminal, "node", "start");

        mesh.nodes.getFirst().stopped.complete(new Stopped(false, "restart limit reached"));

        assertThat(code(ended)).isEqualTo(1);
        assertThat(terminal.err()).contains("restart limit reached");
    }

    @Test
    void toolsMayCrashProcessesOnlyWhereFaultsAreAllowed() throws Exception {
        var careful = terminal();
        var carefulEnded = ready(careful, "node", "start");
        var peer = new ControlClient(home.resolve("macula/peer"), PATIENCE);
        var daring = terminal();
        var daringEnded = ready(daring, "node", "start", "--role", "gateway", "--allow-chaos");
        var gateway = new ControlClient(home.resolve("macula/gateway"), PATIENCE);

        assertThat(peer.crash("macula/peers")).isInstanceOfSatisfying(Answer.Refused.class,
                refused -> assertThat(refused.code()).isEqualTo("forbidden"));
        assertThat(gateway.crash("macula/peers")).isInstanceOf(Answer.Ok.class);
        assertThat(gateway.crash("macula/nobody")).isInstanceOfSatisfying(Answer.Refused.class,
                refused -> assertThat(refused.code()).isEqualTo("not-found"));
        assertThat(terminal().run("tree").code()).isZero();
        assertThat(gateway.drain()).isInstanceOf(Answer.Ok.class);

        assertThat(code(daringEnded)).isZero();
        careful.pressCtrlC();
        assertThat(code(carefulEnded)).isZero();
    }

    @Test
    void showsWhomANodeTalksToAndOverWhichPath() throws Exception {
        mesh.withPeer(new PeerLine(NodeId.hashOf(new byte[]{7}), "node", "upgrading", "",
                Duration.ofNanos(1_234_000), 9_999, 12_345_678));
        var running = terminal();
        var ended = ready(running, "node", "start");

        var table = terminal().run("peers");
        var json = terminal().run("peers", "--json");

        assertThat(table.code()).isZero();
        assertThat(table.out()).contains("upgrading", "1.23 ms", "9999 B", "12 MB");
        assertThat(json.out()).contains("\"path\":\"upgrading\"", "\"rtt_us\":1234",
                "\"sent_bytes\":9999");
        running.pressCtrlC();
        assertThat(code(ended)).isZero();
    }

    @Test
    void aNodeIsDrainedStepByStep() throws Exception {
        var ended = ready(terminal(), "node", "start");

        var drained = terminal().run("node", "drain", "peer", "--timeout", "5s");

        assertThat(drained.code()).isZero();
        assertThat(drained.err()).contains("takes nothing new");
        assertThat(drained.out()).isEmpty();
        assertThat(code(ended)).isZero();
    }

    @Test
    void aDrainThatIsNotDoneInTimeSaysSo() throws Exception {
        var ended = ready(terminal(), "node", "start");

        var drained = terminal().run("node", "drain", "--timeout", "10ms", "--json");

        assertThat(drained.code()).isEqualTo(5);
        assertThat(drained.out()).contains("{\"step\":\"takes nothing new\"}");
        assertThat(drained.err()).contains("--timeout");
        assertThat(code(ended)).isZero();
    }

    @Test
    void nobodyIsDrainedWhereNobodyRuns() {
        assertThat(terminal().run("node", "drain", "gateway").code()).isEqualTo(3);
        assertThat(terminal().run("node", "drain", "--timeout", "soon").code()).isEqualTo(2);
        assertThat(terminal().run("node", "drain", "one", "two").code()).isEqualTo(2);
    }

    @Test
    void showsWhatHappensOnSeveralNodes() throws Exception {
        var running = terminal();
        var ended = ready(running, "node", "start", "--name", "harbour");

        var table = terminal().run("top", "peer", "gateway", "--once");
        var json = terminal().run("top", "--once", "--json");

        assertThat(table.code()).isZero();
        assertThat(table.out()).contains("NODE", "CALL P50", "harbour", "not running")
                .doesNotContain("\u001b");
        assertThat(Json.parse(json.out())).isInstanceOfSatisfying(Json.Parsed.Value.class,
                value -> assertThat(value.node().path("metrics").path("called").has("p99_us"))
                        .isTrue());
        running.pressCtrlC();
        assertThat(code(ended)).isZero();
    }

    @Test
    void looksAgainUntilCtrlC() throws Exception {
        var running = terminal();
        var ended = ready(running, "node", "start");
        var top = terminal();

        var shown = top.start("top", "--interval", "10ms", "--json");
        await().atMost(PATIENCE).until(() -> top.out().lines().count() >= 3);
        top.pressCtrlC();

        assertThat(code(shown)).isZero();
        running.pressCtrlC();
        assertThat(code(ended)).isZero();
    }

    @Test
    void nothingHappensWhereNobodyRuns() {
        assertThat(terminal().run("top", "--once").code()).isEqualTo(3);
        assertThat(terminal().run("top", "--interval", "never").code()).isEqualTo(2);
    }

    @Test
    void theDoctorSaysWhatToDo() throws Exception {
        try (var taken = new ServerSocket(0, 1,
                InetAddress.getLoopbackAddress())) {
            var folder = Files.createDirectories(home.resolve("node"));
            Files.writeString(folder.resolve("macula.conf"),
                    "macula.quic.port = 0\nmacula.http.port = "
                            + taken.getLocalPort());

            var text = terminal().run("doctor", "--data-dir", folder.toString());
            var json = terminal().run("doctor", "--data-dir", folder.toString(), "--json");

            assertThat(text.code()).isEqualTo(1);
            assertThat(text.out()).containsPattern("(?m)^wrong +http-port ")
                    .containsPattern("(?m)^ok +udp ")
                    .containsPattern("(?m)^http-port: .*--http-port");
            assertThat(json.code()).isEqualTo(1);
            assertThat(json.out().lines()).hasSize(10)
                    .anyMatch(line -> line.contains("\"verdict\":\"wrong\""));
        }
        assertThat(terminal().run("doctor", "--clock-of", "::").code()).isEqualTo(2);
    }

    @Test
    void withoutANodeThereAreNoPeers() {
        var result = terminal().run("peers");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).contains("no node is running in");
    }

    @Test
    void withoutANodeThereIsNoTree() {
        var result = terminal().run("tree");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).contains("no node is running in "
                + home.resolve("macula/gateway"));
    }

    private CompletableFuture<Terminal.Result> ready(Terminal terminal, String... args) {
        var ended = terminal.start(args);
        await().atMost(PATIENCE)
                .until(() -> terminal.out().contains("data_dir") || ended.isDone());
        return ended;
    }

    private static int code(CompletableFuture<Terminal.Result> ended) throws Exception {
        return ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).code();
    }

    private Terminal terminal() {
        return new Terminal(mesh, home);
    }
}
