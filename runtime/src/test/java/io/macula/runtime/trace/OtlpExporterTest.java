package io.macula.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.macula.actors.trace.Doing;
import io.macula.dht.NodeId;
import io.macula.runtime.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OtlpExporterTest {

    private static final NodeId SELF = NodeId.parse("1".repeat(40)).orElseThrow();

    private final LinkedBlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> types = new LinkedBlockingQueue<>();
    private final AtomicInteger answer = new AtomicInteger(200);
    private HttpServer collector = collector();

    private static HttpServer collector() {
        try {
            return HttpServer.create(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void listen() {
        collector.createContext("/v1/traces", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(),
                    StandardCharsets.UTF_8);
            types.add(exchange.getRequestHeaders().getFirst("Content-Type"));
            received.add(((Json.Parsed.Value) Json.parse(body)).node());
            exchange.sendResponseHeaders(answer.get(), -1);
            exchange.close();
        });
        collector.start();
    }

    @AfterEach
    void stop() {
        collector.stop(0);
    }

    private Traces traces(int port) {
        return Traces.of(SELF, new TraceTuning(0, 0, 10, 100,
                "http://127.0.0.1:" + port + "/v1/traces"));
    }

    private Traces traces() {
        return traces(collector.getAddress().getPort());
    }

    private JsonNode next() throws InterruptedException {
        var request = received.poll(20, TimeUnit.SECONDS);
        assertThat(request).isNotNull();
        return request;
    }

    private static List<JsonNode> spans(JsonNode request) {
        var all = new ArrayList<JsonNode>();
        request.findValues("spans").forEach(list -> list.forEach(all::add));
        return all;
    }

    @Test
    void sendsSpansInTheJsonOfTheProtocol() throws InterruptedException {
        try (var traces = traces()) {
            var call = traces.tracing().forced(Doing.CALL, "add");
            traces.tracing()
                    .continued(Doing.SERVE, "add", call.traceparent())
                    .with("macula.copies", 3)
                    .failed("busy", "too much waits")
                    .end();
            var request = next();

            var resource = request.path("resourceSpans").path(0).path("resource");
            assertThat(resource.findValuesAsText("stringValue")).contains("macula", SELF.hex());
            var span = spans(request).getFirst();
            assertThat(span.path("traceId").asText()).isEqualTo(call.traceId().orElseThrow());
            assertThat(span.path("parentSpanId").asText()).matches("[0-9a-f]{16}");
            assertThat(span.path("name").asText()).isEqualTo("serve add");
            assertThat(span.path("kind").asInt()).isEqualTo(2);
            assertThat(span.path("startTimeUnixNano").isTextual()).isTrue();
            assertThat(span.path("endTimeUnixNano").asLong())
                    .isGreaterThanOrEqualTo(span.path("startTimeUnixNano").asLong());
            assertThat(span.path("status").path("code").asInt()).isEqualTo(2);
            assertThat(span.path("status").path("message").asText()).isEqualTo("too much waits");
            assertThat(span.findValuesAsText("intValue")).containsExactly("3");
            assertThat(types.take()).isEqualTo("application/json");
        }
    }

    @Test
    void whatWasNotSentYetIsSentAtTheEnd() throws InterruptedException {
        try (var traces = traces()) {
            traces.tracing().forced(Doing.PUBLISH, "a").end();
        }

        var span = spans(next()).getFirst();
        assertThat(span.path("name").asText()).isEqualTo("publish a");
        assertThat(span.has("parentSpanId")).isFalse();
        assertThat(span.has("status")).isFalse();
    }

    @Test
    void aCollectorThatRefusesCostsNothingButItsSpans() throws InterruptedException {
        answer.set(503);
        try (var traces = traces()) {
            traces.tracing().forced(Doing.CALL, "first").end();
            next();
            answer.set(200);
            traces.tracing().forced(Doing.CALL, "second").end();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> !received.isEmpty());
            assertThat(spans(next())).extracting(span -> span.path("name").asText())
                    .contains("call second");
            assertThat(traces.recent(10)).hasSize(2);
        }
    }

    @Test
    void withoutACollectorTheNodeKeepsItsTraces() {
        var port = collector.getAddress().getPort();
        collector.stop(0);

        try (var traces = traces(port)) {
            traces.tracing().forced(Doing.CALL, "alone").end();

            assertThat(traces.recent(10)).hasSize(1);
        }
    }
}
