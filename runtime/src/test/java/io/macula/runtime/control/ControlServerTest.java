package io.macula.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.actors.dht.Discovery;
import io.macula.runtime.control.ControlClient.Answer;
import io.macula.runtime.control.ControlServer.Started;
import io.macula.runtime.json.Json;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final TreeNode TREE = new TreeNode("macula_root", "running", 1,
            new TreeNode.Limits("one_for_one", 2, 10, Duration.ofSeconds(5)),
            Duration.ofMillis(1_500), null,
            List.of(new TreeNode("gateway", "restarting", 3, null, Duration.ZERO,
                    "failed: boom \"quoted\"", List.of())));

    private final AtomicBoolean drained = new AtomicBoolean();

    private final NodeControl node = new NodeControl() {
        @Override
        public List<TreeNode> trees() {
            return List.of(TREE);
        }

        @Override
        public ObjectNode status() {
            return Json.object().put("id", "00ff");
        }

        @Override
        public Crashed crash(String path) {
            return path.equals("macula_root/gateway")
                    ? new Crashed.Done()
                    : new Crashed.NothingThere("nothing runs at " + path);
        }

        @Override
        public CompletionStage<Boolean> drain(Duration patience, Consumer<String> progress) {
            drained.set(true);
            progress.accept("has " + patience.toMillis() + " ms");
            progress.accept("stopped");
            return CompletableFuture.completedStage(false);
        }

        @Override
        public List<ObjectNode> peers() {
            return List.of(Json.object().put("id", "ab").put("path", "direct"));
        }

        @Override
        public Optional<Discovery> discovery() {
            return Optional.empty();
        }
    };

    @TempDir Path dataDir;
    private ControlServer server;
    private ControlClient client;

    @BeforeEach
    void start() {
        server = listening(dataDir, Duration.ofSeconds(20));
        client = new ControlClient(dataDir, PATIENCE);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aTreeComesThroughUnchanged() {
        assertThat(client.tree()).isInstanceOfSatisfying(Answer.Ok.class,
                ok -> assertThat(ControlClient.trees(ok)).containsExactly(TREE));
        assertThat(TREE.pathOf("gateway")).contains("macula_root/gateway");
        assertThat(TREE.all()).hasSize(2);
    }

    @Test
    void answersTheOtherOperations() {
        assertThat(client.status()).isInstanceOfSatisfying(Answer.Ok.class, ok -> assertThat(
                ok.json().path("status").path("id").asText()).isEqualTo("00ff"));
        assertThat(client.peers()).isInstanceOfSatisfying(Answer.Ok.class, ok -> assertThat(
                ok.json().path("peers").path(0).path("path").asText()).isEqualTo("direct"));
        assertThat(client.crash("macula_root/gateway")).isInstanceOf(Answer.Ok.class);
        assertThat(client.crash("elsewhere"))
                .isEqualTo(new Answer.Refused("not-found", "nothing runs at elsewhere"));
        assertThat(client.drain()).isInstanceOf(Answer.Ok.class);
        assertThat(drained).isTrue();
    }

    @Test
    void tellsStepByStepHowANodeIsDrained() {
        var steps = new ArrayList<String>();

        var answer = client.drain(Duration.ofMillis(1_500), new CompletableFuture<Void>(),
                steps::add);

        assertThat(steps).containsExactly("has 1500 ms", "stopped");
        assertThat(answer).isInstanceOfSatisfying(Answer.Ok.class,
                ok -> assertThat(ok.json().path("whole").asBoolean()).isFalse());
    }

    @Test
    void onlyItsOwnUserMayOpenTheSocket() throws IOException {
        var mode = Files.getPosixFilePermissions(dataDir.resolve("control.sock"));

        assertThat(PosixFilePermissions.toString(mode)).isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "{", "[]", "{\"op\":\"reboot\"}", "{\"op\":7}", "\0\1",
        "{\"op\":\"tree\"} {\"op\":\"tree\"}"})
    void refusesWhatIsNoRequestAndGoesOn(String request) throws IOException {
        assertThat(raw(request + "\n")).contains("\"ok\":false", "malformed");
        assertThat(client.isAnswering()).isTrue();
    }

    @Test
    void readsNoMoreThanItsLimit() throws IOException {
        var tooLong = "x".repeat(ControlServer.REQUEST_BYTES_MAX + 1);

        assertThat(raw(tooLong)).contains("malformed", "65536");
    }

    @Test
    void turnsAwayWhoComesWhenAllConnectionsAreTaken() throws IOException {
        var idle = new ArrayList<SocketChannel>();
        for (var i = 0; i < ControlServer.CONNECTIONS_MAX; i++) {
            idle.add(connect());
        }

        await().atMost(PATIENCE)
                .until(() -> client.status() instanceof Answer.Refused refused
                        && refused.code().equals("busy"));
        for (var connection : idle) {
            connection.close();
        }

        await().atMost(PATIENCE).until(client::isAnswering);
    }

    @Test
    void hangsUpOnThoseWhoSayNothing(@TempDir Path other) throws IOException {
        try (var impatient = listening(other, Duration.ofMillis(50));
                var silent = SocketChannel.open(
                        UnixDomainSocketAddress.of(other.resolve("control.sock")))) {
            assertThat(silent.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThat(impatient).isNotNull();
        }
    }

    @Test
    void aDeepDataDirectoryIsReachedAllTheSame() throws IOException {
        var deep = dataDir.resolve("d".repeat(120));
        Files.createDirectory(deep);

        try (var far = listening(deep, PATIENCE)) {
            assertThat(far).isNotNull();
            assertThat(new ControlClient(deep, PATIENCE).isAnswering()).isTrue();
        }
        assertThat(deep).isEmptyDirectory();
    }

    @Test
    void aSocketLeftByADeadNodeIsReplaced() throws IOException {
        var dead = Files.createDirectory(dataDir.resolve("dead"));
        Files.writeString(dead.resolve("control.sock"), "");

        try (var next = listening(dead, PATIENCE)) {
            assertThat(next).isNotNull();
            assertThat(new ControlClient(dead, PATIENCE).isAnswering()).isTrue();
        }
    }

    @Test
    void whereNoNodeRunsTheClientSaysSo() {
        server.close();

        assertThat(client.tree()).isInstanceOfSatisfying(Answer.NobodyThere.class,
                nobody -> assertThat(nobody.message()).contains(dataDir.toString(), "node start"));
        assertThat(dataDir.resolve("control.sock")).doesNotExist();
    }

    private ControlServer listening(Path directory, Duration timeMax) {
        return switch (ControlServer.start(directory, node, timeMax)) {
            case Started.Listening(var listening) -> listening;
            case Started.Failed(var message) -> throw new AssertionError(message);
        };
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(dataDir.resolve("control.sock")));
    }

    private String raw(String request) throws IOException {
        try (var connection = connect()) {
            var bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                connection.write(bytes);
            }
            var answer = ByteBuffer.allocate(4_096);
            while (answer.hasRemaining() && connection.read(answer) >= 0) {
                assertThat(answer.position()).isPositive();
            }
            return new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
        }
    }
}
