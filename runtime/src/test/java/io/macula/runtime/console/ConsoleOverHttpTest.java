package io.macula.runtime.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.actors.http.HttpLimits;
import io.macula.runtime.ConsoleTuning;
import io.macula.runtime.HttpTuning;
import io.macula.runtime.MaculaNode;
import io.macula.runtime.Node;
import io.macula.runtime.NodeSettings;
import io.macula.runtime.Role;
import io.macula.runtime.Tuning;
import io.macula.runtime.control.TreeNode;
import io.macula.runtime.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What a node's console lets in, over HTTP: its own page, and nothing that is not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleOverHttpTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<String> POSTS = List.of("/console/act", "/console/login");
    private static final List<String> HEALTH = List.of("/health", "/ready", "/live", "/startup");
    private static final String CRASH = "{\"do\":\"crash\",\"path\":\"macula/gateway_system\"}";

    private final Node node = started(new ConsoleTuning(true, true), List.of());
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private static Node started(ConsoleTuning console, List<String> names) {
        var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var settings = new NodeSettings("looked-at", Role.GATEWAY,
                NodeSettings.RealmSettings.open("test"), null, any, any, List.of(),
                console.allowActions(),
                tuning(console, names));
        return switch (MaculaNode.start(settings)) {
            case MaculaNode.Started.Running(var node) -> node;
            case MaculaNode.Started.Failed(var failure) ->
                throw new AssertionError(failure.message());
        };
    }

    private static Tuning tuning(ConsoleTuning console, List<String> names) {
        return Tuning.DEFAULT.withHttp(new HttpTuning(names, 8 << 20, HttpLimits.DEFAULT, console));
    }

    @AfterAll
    void stop() {
        node.close();
        client.close();
    }

    private static int port(Node node) {
        return node.httpAddress().orElseThrow().getPort();
    }

    private HttpRequest.Builder to(Node node, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(node) + path))
                .timeout(PATIENCE);
    }

    private HttpRequest.Builder own(Node node, String path) {
        return to(node, path).header("Origin", "http://127.0.0.1:" + port(node))
                .header("Content-Type", "application/json");
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(HttpRequest.Builder request, String body)
            throws IOException, InterruptedException {
        return send(request.POST(BodyPublishers.ofString(body)));
    }

    private static JsonNode json(String text) {
        return switch (Json.parse(text)) {
            case Json.Parsed.Value(var value) -> value;
            case Json.Parsed.Malformed(var reason) -> throw new AssertionError(reason);
        };
    }

    /// A browser's page of that node: its cookie and its word.
    private record Page(String cookie, String word) {

        HttpRequest.Builder of(HttpRequest.Builder request) {
            return request.header("Cookie", "other=1; " + cookie).header(ConsoleDoor.WORD, word);
        }
    }

    private Page page(Node node) throws IOException, InterruptedException {
        var session = send(to(node, "/console/session"));
        var cookie = session.headers().firstValue("set-cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/");
        return new Page(cookie.split(";", 2)[0], json(session.body()).path("word").asText());
    }

    private Map<String, Integer> generations() {
        return node.trees()
                .stream()
                .map(tree -> TreeNode.of(tree, Instant.now()))
                .flatMap(TreeNode::all)
                .collect(Collectors.toMap(TreeNode::id, TreeNode::generation, Math::max));
    }

    private int generation(String id) {
        return generations().getOrDefault(id, 0);
    }

    @Test
    void doesWhatItsOwnPageAsks() throws Exception {
        var page = page(node);
        var routing = generation("routing_server");
        var bootstrap = generation("bootstrap_health");

        var crashed = post(page.of(own(node, "/console/act")),
                "{\"do\":\"crash\",\"path\":\"macula/routing_system/routing_server\"}");

        assertThat(crashed.statusCode()).as(crashed.body()).isEqualTo(200);
        assertThat(json(crashed.body()).path("command").asText())
                .isEqualTo("macula crash macula/routing_system/routing_server");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> generation("routing_server") > routing);
        var restarted = post(page.of(own(node, "/console/act")),
                "{\"do\":\"restart\",\"path\":\"macula/bootstrap_system/bootstrap_health\"}");
        assertThat(restarted.statusCode()).isEqualTo(200);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> generation("bootstrap_health") > bootstrap);
        for (var nothing : List.of("{\"do\":\"restart\",\"path\":\"macula\"}",
                "{\"do\":\"kill\",\"path\":\"macula\"}",
                "{\"do\":\"restart\",\"path\":\"macula/nobody\"}")) {
            assertThat(post(page.of(own(node, "/console/act")), nothing).statusCode()).as(nothing)
                    .isEqualTo(404);
        }
    }

    /// All there are: they are asked of the table that the node answers by.
    private SortedSet<String> paths() {
        return node.web().orElseThrow().paths();
    }

    @Test
    void changesNothingForWhoHasNoRightTo() throws Exception {
        var page = page(node);
        var before = generations();

        assertThat(paths()).containsAll(POSTS)
                .containsAll(HEALTH)
                .contains("/", "/metrics", "/console/session", "/console/events");
        for (var path : paths()) {
            for (var hostile : hostilePosts(page, path)) {
                assertRefused(path, hostile);
            }
            if (POSTS.contains(path)) {
                assertRefused(path, page.of(own(node, path)).GET());
            }
            if (!HEALTH.contains(path)) {
                assertRefused(path, page.of(to(node, path))
                        .header("Origin", "http://evil.example")
                        .GET());
            }
            assertThat(raw("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: "
                    + (10 << 20) + "\r\n\r\n", "a".repeat(10 << 20))).as(path)
                    .matches("(?s)|HTTP/1.1 4[0-9]{2} .*");
        }
        for (var trick : List.of("/console/act/", "/console//act", "/console/../console/act",
                "/console/./act", "/console/act%2f", "/console/act%00", "//console/act",
                "/Console/act", "/console%2fact", "/console/act;x", "/apps/../console/act",
                "/index.html")) {
            assertRefused(trick, post(page.of(own(node, trick))));
        }

        assertThat(generations()).isEqualTo(before);
    }

    private static HttpRequest.Builder post(HttpRequest.Builder request) {
        return request.POST(BodyPublishers.ofString(CRASH));
    }

    private void assertRefused(String path, HttpRequest.Builder request) throws Exception {
        var answer = send(request);

        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isBetween(400, 499);
    }

    /// Without a session, without its word, with a wrong one, from elsewhere, as a form, as another method, as nonsense.
    private List<HttpRequest.Builder> hostilePosts(Page page, String path) {
        var here = "http://127.0.0.1:" + port(node);
        return List.of(post(to(node, path)), post(own(node, path)),
                post(to(node, path).header("Content-Type", "application/json")),
                post(page.of(typed(path, "http://evil.example", "application/json"))),
                post(page.of(typed(path, "null", "application/json"))),
                post(page.of(typed(path, here, "text/plain"))),
                post(own(node, path).header("Cookie", page.cookie())),
                post(own(node, path).header(ConsoleDoor.WORD, page.word())),
                post(new Page(page.cookie(), "0".repeat(64)).of(own(node, path))),
                page.of(own(node, path)).POST(BodyPublishers.ofString("not json")),
                page.of(own(node, path)).POST(BodyPublishers.noBody()),
                page.of(own(node, path)).PUT(BodyPublishers.ofString(CRASH)),
                page.of(own(node, path)).DELETE());
    }

    private HttpRequest.Builder typed(String path, String origin, String type) {
        return to(node, path).header("Origin", origin).header("Content-Type", type);
    }

    /// The answer to bytes as they are; empty when it hung up without one.
    private String raw(String head, String body) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port(node))) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            var out = socket.getOutputStream();
            try {
                out.write(head.getBytes(StandardCharsets.US_ASCII));
                out.write(body.getBytes(StandardCharsets.US_ASCII));
                out.flush();
                return new String(socket.getInputStream().readNBytes(64),
                        StandardCharsets.US_ASCII);
            } catch (IOException hungUp) {
                return "";
            }
        }
    }

    @Test
    void isOnlyToBeLookedAtWhenNothingElseWasAllowed() throws Exception {
        var quiet = started(ConsoleTuning.DEFAULT, List.of());
        try {
            var page = page(quiet);

            for (var deed : List.of(CRASH, CRASH.replace("crash", "kill"),
                    CRASH.replace("crash", "restart"),
                    "{\"do\":\"publish\",\"topic\":\"a.b\",\"payload\":\"1\"}",
                    "{\"do\":\"call\",\"procedure\":\"a.b\",\"argument\":\"1\"}")) {
                assertThat(post(page.of(own(quiet, "/console/act")), deed).statusCode()).as(deed)
                        .isEqualTo(403);
            }
            assertThat(post(page.of(own(quiet, "/console/act")),
                    "{\"do\":\"lookup\",\"target\":\"hello\"}").statusCode()).isEqualTo(200);
        } finally {
            quiet.close();
        }
    }

    @Test
    void lookingNeedsASessionToo() throws Exception {
        assertThat(send(to(node, "/console/events")).statusCode()).isEqualTo(401);
        assertThat(send(to(node, "/console/events?want=facts").header("Cookie", "a=b"))
                .statusCode()).isEqualTo(401);
        assertThat(post(own(node, "/console/events"), "").statusCode()).isEqualTo(405);
    }

    @Test
    void tellsWhatIsNewForAsLongAsOneLooks() throws Exception {
        var page = page(node);
        var events = client.send(page.of(to(node, "/console/events?want=facts,trees&tail=a.**"))
                .build(), BodyHandlers.ofLines());

        assertThat(events.statusCode()).isEqualTo(200);
        assertThat(events.headers().firstValue("content-type")).hasValue("text/event-stream");
        try (var lines = events.body()) {
            var told = lines.filter(line -> line.startsWith("data: "))
                    .map(line -> json(line.substring(6)))
                    .iterator();
            var first = told.next().path("nodes").path(node.id().hex());
            assertThat(first.path("silent").asBoolean()).isFalse();
            assertThat(first.path("facts").path("set").path("node").path("name").asText())
                    .isEqualTo("looked-at");
            assertThat(first.path("trees").path("set").has("macula/gateway_system")).isTrue();
            assertThat(first.has("dht")).isFalse();

            post(page.of(own(node, "/console/act")),
                    "{\"do\":\"publish\",\"topic\":\"a.b\",\"payload\":\"17\"}");
            var next = told.next();
            while (next.path("tail").path("messages").isEmpty()) {
                assertThat(next.path("nodes").path(node.id().hex()).has("trees"))
                        .as("what did not change is not told again")
                        .isFalse();
                next = told.next();
            }
            assertThat(next.path("tail").path("messages").path(0).path("text").asText())
                    .isEqualTo("17");
        }
    }

    @Test
    void asksForTheTokenWhereOthersMayReachIt() throws Exception {
        var exposed = started(new ConsoleTuning(true, true), List.of("node.example.com"));
        try {
            var session = send(to(exposed, "/console/session"));
            assertThat(session.headers().firstValue("set-cookie")).isEmpty();
            assertThat(json(session.body()).path("login").asBoolean()).isTrue();
            assertThat(json(session.body()).has("word")).isFalse();

            for (var guess : List.of("{\"token\":\"\"}", "{\"token\":\"0000\"}", "{}", "[]", "x")) {
                assertThat(post(own(exposed, "/console/login"), guess).statusCode()).as(guess)
                        .isEqualTo(401);
            }
            assertThat(send(to(exposed, "/console/events")).statusCode()).isEqualTo(401);
        } finally {
            exposed.close();
        }
    }
}
