package io.macula.actors.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.http.RequestGate.Verdict;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestGateTest {

    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private final Routes routes = new Routes(Set.of());
    private final RequestGate gate = new RequestGate(routes, new OwnNames(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 9080), List.of()));
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    @BeforeEach
    void mount() {
        routes.pages("/apps/a/", (_, _) -> new Answer.Missing());
        routes.sockets("/apps/a/play", new SilentListener());
        headers.put("Host", List.of("localhost:9080"));
    }

    private Verdict judge(String method, String target) {
        return gate.judge(new RequestHead(method, target,
                name -> headers.getOrDefault(name, List.of())));
    }

    private void askForASocket() {
        headers.put("Upgrade", List.of("WebSocket"));
        headers.put("Connection", List.of("keep-alive, Upgrade"));
        headers.put("Sec-WebSocket-Version", List.of("13"));
        headers.put("Sec-WebSocket-Key", List.of(KEY));
    }

    private static void assertRefused(Verdict verdict, int status) {
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Refuse.class,
                refuse -> assertThat(refuse.status()).isEqualTo(status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void asksForAPage(String method) {
        assertThat(judge(method, "/apps/a/b/c.js?x=1")).isInstanceOfSatisfying(Verdict.Ask.class,
                ask -> {
                    assertThat(ask.rest()).isEqualTo("b/c.js");
                    assertThat(ask.target().query()).isEqualTo(Map.of("x", "1"));
                });
    }

    @ParameterizedTest
    @CsvSource({"GET, /apps/b/, 404", "GET, /, 404", "GET, /apps/a/../a/, 404", "GET, x, 400",
        "GET, /%, 400", "POST, /apps/a/, 405", "OPTIONS, *, 405", "get, /apps/a/, 405"})
    void refusesWhatIsNotServed(String method, String target, int status) {
        assertRefused(judge(method, target), status);
    }

    @Test
    void takesWhatAPageOfThisPortPostsAsJson() {
        routes.action(Place.Method.POST, "/do", (_, _) -> new Answer.Json(200, "{}"));
        assertRefused(judge("POST", "/do"), 403);
        headers.put("Origin", List.of("http://evil.example"));
        assertRefused(judge("POST", "/do"), 403);
        headers.put("Origin", List.of("http://localhost:9080"));
        assertRefused(judge("POST", "/do"), 415);
        headers.put("Content-Type", List.of("text/plain"));
        assertRefused(judge("POST", "/do"), 415);
        headers.put("Content-Type", List.of("Application/JSON; charset=utf-8"));

        assertThat(judge("POST", "/do?x=1")).isInstanceOfSatisfying(Verdict.Act.class,
                act -> assertThat(act.visit().query()).isEqualTo(Map.of("x", "1")));
        assertRefused(judge("GET", "/do"), 405);
        assertRefused(judge("POST", "/do/"), 405);
        headers.put("Host", List.of("evil.example:9080"));
        assertRefused(judge("POST", "/do"), 421);
    }

    @Test
    void letsListenWhomTheSourceDoesNotRefuse() {
        routes.streams("/news", new StreamSource() {
            @Override
            public Optional<Answer.Json> refusal(Visit visit) {
                return visit.cookie("who").isPresent()
                        ? Optional.empty()
                        : Optional.of(Answer.Json.error(401, "who"));
            }

            @Override
            public SocketListener listener() {
                return new SilentListener();
            }
        });

        assertThat(judge("GET", "/news")).isInstanceOf(Verdict.Decline.class);
        headers.put("Cookie", List.of("a=b; who=me"));
        assertThat(judge("GET", "/news")).isInstanceOf(Verdict.Tell.class);
        assertRefused(judge("HEAD", "/news"), 405);
        assertRefused(judge("POST", "/news"), 405);
        headers.put("Sec-Fetch-Site", List.of("cross-site"));
        assertRefused(judge("GET", "/news"), 403);
    }

    @Test
    void refusesWhoAsksByAnotherNameOrByTwoOrByNone() {
        headers.put("Host", List.of("evil.example:9080"));
        assertRefused(judge("GET", "/apps/a/"), 421);
        headers.put("Host", List.of("localhost", "evil.example"));
        assertRefused(judge("GET", "/apps/a/"), 400);
        headers.remove("Host");
        assertRefused(judge("GET", "/apps/a/"), 421);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "http://localhost",
        "http://localhost:9081",
        "http://localhost:9080.evil.example", "", "http://evil.example, http://localhost:9080"})
    void refusesPagesOfAnotherOrigin(String origin) {
        headers.put("Origin", List.of(origin));

        assertRefused(judge("GET", "/apps/a/"), 403);
        askForASocket();
        assertRefused(judge("GET", "/apps/a/play"), 403);
    }

    @ParameterizedTest
    @CsvSource({"cross-site, cors, 403", "cross-site, no-cors, 403", "same-site, no-cors, 403",
        "same-site, websocket, 403"})
    void refusesWhatABrowserSaysAnotherSiteWants(String site, String mode, int status) {
        headers.put("Sec-Fetch-Site", List.of(site));
        headers.put("Sec-Fetch-Mode", List.of(mode));

        assertRefused(judge("GET", "/apps/a/x.js"), status);
    }

    @ParameterizedTest
    @CsvSource({"cross-site, navigate", "none, navigate", "same-origin, cors", "none, no-cors"})
    void letsLinksFromElsewhereAndOwnPagesIn(String site, String mode) {
        headers.put("Sec-Fetch-Site", List.of(site));
        headers.put("Sec-Fetch-Mode", List.of(mode));

        assertThat(judge("GET", "/apps/a/")).isInstanceOf(Verdict.Ask.class);
    }

    @Test
    void letsASocketInThatAPageOfItsOwnOriginOrNoBrowserOpens() {
        askForASocket();
        assertThat(judge("GET", "/apps/a/play?name=x")).isInstanceOfSatisfying(
                Verdict.Connect.class,
                connect -> assertThat(connect.query()).isEqualTo(Map.of("name", "x")));

        headers.put("Origin", List.of("HTTP://localhost:9080"));
        assertThat(judge("GET", "/apps/a/play")).isInstanceOf(Verdict.Connect.class);
        headers.put("Origin", List.of("https://localhost:9080"));
        assertThat(judge("GET", "/apps/a/play")).isInstanceOf(Verdict.Connect.class);
    }

    @ParameterizedTest
    @CsvSource({"Upgrade, h2c, 426", "Connection, close, 426", "Sec-WebSocket-Version, 8, 426",
        "Sec-WebSocket-Key, c2hvcnQ=, 400", "Sec-WebSocket-Key, no base 64!, 400"})
    void refusesAHandshakeThatIsNone(String header, String value, int status) {
        askForASocket();
        headers.put(header, List.of(value));

        assertRefused(judge("GET", "/apps/a/play"), status);
    }

    @Test
    void refusesAHandshakeThatHasNoKeyOrIsNoGet() {
        askForASocket();
        assertRefused(judge("HEAD", "/apps/a/play"), 426);
        headers.remove("Sec-WebSocket-Key");
        assertRefused(judge("GET", "/apps/a/play"), 400);
    }

    private static final class SilentListener implements SocketListener {

        @Override
        public void opened(OpenSocket socket) {}

        @Override
        public void received(OpenSocket socket, String text) {}

        @Override
        public void closed(OpenSocket socket) {}
    }
}
