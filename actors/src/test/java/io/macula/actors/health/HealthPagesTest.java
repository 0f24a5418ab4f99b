package io.macula.actors.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.macula.actors.http.HttpLimits;
import io.macula.actors.http.OwnNames;
import io.macula.actors.http.RequestGate;
import io.macula.actors.http.netty.NettyHttpServer;
import io.macula.actors.http.netty.NettyHttpServer.Started;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthPagesTest {

    private static final InetSocketAddress ANY = new InetSocketAddress(
            InetAddress.getLoopbackAddress(), 0);

    private volatile HealthReport report = report(true, false);
    private NettyHttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() {
        server = switch (serve(ANY)) {
            case Started.Serving(var serving) -> serving;
            case Started.Failed(var message) -> throw new AssertionError(message);
        };
    }

    private Started serve(InetSocketAddress address) {
        var pages = new HealthPages(() -> report, _ -> Optional.empty());
        return NettyHttpServer.start(address,
                new RequestGate(pages, new OwnNames(address, List.of())), HttpLimits.DEFAULT);
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    @Test
    void tellsHowAReadyNodeIs() throws Exception {
        var answer = get("/health");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        var json = json(answer);
        assertThat(json.path("status").asText()).isEqualTo("ok");
        assertThat(json.path("ready").asBoolean()).isTrue();
        assertThat(json.path("uptime_s").asDouble()).isEqualTo(12.5);
        assertThat(json.path("id").asText()).isEqualTo("00ff\"quoted\"");
        assertThat(json.path("clients").asInt()).isEqualTo(3);
        assertThat(json.path("checks").path("quic").asText()).isEqualTo("ok");
        assertThat(get("/ready").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"false, false, starting", "false, true, draining", "true, true, draining"})
    void isLiveButUnavailableWhileStartingOrDraining(boolean isReady, boolean isDraining,
            String status) throws Exception {
        report = report(isReady && !isDraining, isDraining);

        assertThat(get("/health").statusCode()).isEqualTo(503);
        assertThat(get("/ready").statusCode()).isEqualTo(503);
        assertThat(json(get("/ready")).path("status").asText()).isEqualTo(status);
        assertThat(get("/live").statusCode()).isEqualTo(200);
    }

    @Test
    void saysWhatSpeaksAgainstNewWork() throws Exception {
        report = new HealthReport("00", "n", "peer", "realm", false, false, Duration.ofSeconds(1),
                Map.of("quic", "ok", "state", "the disk is full"), Map.of(),
                Map.of("cluster", "looks for members"));

        var ready = json(get("/ready"));

        assertThat(ready.path("checks").size()).isEqualTo(1);
        assertThat(ready.path("checks").path("state").asText()).isEqualTo("the disk is full");
        assertThat(json(get("/health")).path("parts").path("cluster").asText())
                .isEqualTo("looks for members");
    }

    @Test
    void aPartThatIsOnlyGoodToKnowKeepsNobodyAway() throws Exception {
        report = new HealthReport("00", "n", "peer", "realm", true, false, Duration.ofSeconds(1),
                Map.of("quic", "ok"), Map.of(), Map.of("cluster", "looks for members"));

        assertThat(get("/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void hasStartedOnceItCameUpWhateverComesLater() throws Exception {
        report = new HealthReport("00", "n", "peer", "realm", false, false, Duration.ZERO,
                Map.of(), Map.of());
        assertThat(get("/startup").statusCode()).isEqualTo(503);
        assertThat(json(get("/startup")).path("started").asBoolean()).isFalse();

        report = report(false, true);

        assertThat(get("/startup").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/healthy", "/health/x", "/%2e%2e/etc/passwd"})
    void knowsNoOtherPath(String path) throws Exception {
        var answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).path("error").asText()).contains("/health");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "BREW"})
    void onlyReads(String method) throws Exception {
        var request = HttpRequest.newBuilder(uri("/health"))
                .method(method, HttpRequest.BodyPublishers.ofString("{}"))
                .build();

        var answer = client.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
        assertThat(json(answer).path("error").asText()).isNotEmpty();
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        var request = HttpRequest.newBuilder(uri("/health")).HEAD().build();

        var answer = client.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    /// Probes name a node as they like.
    @Test
    void answersByWhateverNameItIsAsked() throws Exception {
        try (var socket = new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.getOutputStream()
                    .write("GET /ready HTTP/1.1\r\nHost: probe.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void survivesGarbageAndIdleConnections() throws Exception {
        for (var i = 0; i < 20; i++) {
            try (var socket = new Socket(server.address().getAddress(),
                    server.address().getPort())) {
                socket.getOutputStream()
                        .write("\0\1\2 nonsense\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            }
        }

        assertThat(get("/live").statusCode()).isEqualTo(200);
    }

    @Test
    void saysWhenThePortIsTaken() {
        assertThat(serve(server.address()))
                .isInstanceOfSatisfying(Started.Failed.class, failed -> assertThat(failed.message())
                        .contains("127.0.0.1:" + server.address().getPort(), "--http-port"));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20)).build(),
                BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body());
    }

    private static HealthReport report(boolean isReady, boolean isDraining) {
        return new HealthReport("00ff\"quoted\"", "name\n", "gateway", "realm", isReady,
                isDraining, Duration.ofMillis(12_500), Map.of("quic", "ok"),
                Map.of("clients", 3L));
    }
}
