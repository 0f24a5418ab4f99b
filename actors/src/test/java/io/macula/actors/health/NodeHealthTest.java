package io.macula.actors.health;

import static io.macula.actors.link.fake.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.http.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class NodeHealthTest {

    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final InetSocketAddress ANY = new InetSocketAddress(
            InetAddress.getLoopbackAddress(), 0);

    private final NodeHealth.Port port = new NodeHealth.Port();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private static HealthReport report() {
        return new HealthReport("ab", "n", "peer", "lab", true, false, Duration.ZERO, Map.of(),
                Map.of());
    }

    private ActorRef<NodeHealth.Command> start() {
        var health = KIT.<NodeHealth.Command>spawn(
                NodeHealth.create(ANY, port, NodeHealthTest::report));
        eventually(() -> port.address() != null);
        return health;
    }

    private InetSocketAddress address() {
        return Objects.requireNonNull(port.address());
    }

    private String ask(String requestLine) throws IOException {
        return ask(requestLine, "x");
    }

    private String askLocally(String requestLine) throws IOException {
        return ask(requestLine, "localhost");
    }

    private String ask(String requestLine, String host) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(address(), 10_000);
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((requestLine
                            + " HTTP/1.1\r\nHost: " + host
                            + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// False also in the moment in which nobody holds the port.
    private boolean isLive() {
        try {
            return ask("GET /live").startsWith("HTTP/1.1 200");
        } catch (IOException notYet) {
            return false;
        }
    }

    @Test
    void servesOnTheSamePortAgainAfterAnIncarnationThatWasKilled() throws Exception {
        start();
        var before = address();
        assertThat(ask("GET /live")).startsWith("HTTP/1.1 200");

        var next = KIT.<NodeHealth.Command>spawn(
                NodeHealth.create(ANY, port, NodeHealthTest::report));

        eventually(this::isLive);
        assertThat(address()).isEqualTo(before);
        KIT.stop(next);
    }

    @Test
    void servesWhatWasMountedBesideHealthAgainAfterARestart() throws Exception {
        var first = start();
        port.routes().pages("/apps/a/", (path, _) -> Answer.Json.error(200, path));
        KIT.stop(first);

        start();

        eventually(this::isLive);
        assertThat(askLocally("GET /apps/a/page")).startsWith("HTTP/1.1 200").contains("page");
        assertThat(ask("GET /health")).contains("\"name\":\"n\"");
    }

    @Test
    void survivesARequestWhoseAddressHasNoPath() throws Exception {
        start();

        assertThat(ask("GET mailto:someone")).doesNotStartWith("HTTP/1.1 200");
        assertThat(ask("GET /ready?verbose")).startsWith("HTTP/1.1 200");
    }

    @Test
    void failsItsStartWhenThePortIsTaken() {
        start();
        var taken = address();
        var probe = KIT.createTestProbe();

        var second = KIT.<NodeHealth.Command>spawn(
                NodeHealth.create(taken, new NodeHealth.Port(), NodeHealthTest::report));

        probe.expectTerminated(second);
        assertThat(address()).isEqualTo(taken);
    }
}
