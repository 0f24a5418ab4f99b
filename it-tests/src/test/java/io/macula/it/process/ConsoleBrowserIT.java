package io.macula.it.process;

import static io.macula.it.process.Chromium.soon;
import static io.macula.it.process.ConsoleScreen.body;
import static io.macula.it.process.ConsoleScreen.place;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.openqa.selenium.By;

/// The console in a real browser over the demonstration, as its launcher opens it: it shows all nodes, what one does there
/// happens, and it takes the pictures of the README. Skipped, visibly, where there is no Chromium.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class ConsoleBrowserIT {

    private static final Duration GREY_WITHIN = Duration.ofSeconds(5);
    private static final int CUT_SECONDS = 8;
    private static final List<String> PAGES = List.of("overview", "trees", "mesh", "state",
            "topics", "traces");
    private static final String PEERS = "macula/peers";
    private static final String GATEWAY = "macula/gateway_system";

    private Terminals terminals;
    private LaunchedDemo demo;
    private Chromium browser;
    private ConsoleScreen screen;

    @BeforeAll
    void start() throws IOException {
        Chromium.isThere();
        terminals = new Terminals();
        demo = LaunchedDemo.start(terminals);
        browser = Chromium.start(terminals.folder().resolve("browser"),
                Set.of(demo.node("north").http() + "/"));
        screen = new ConsoleScreen(browser, demo.node("north").http());
    }

    @AfterAll
    void end() {
        if (browser != null) {
            browser.close();
        }
        if (terminals != null) {
            terminals.close();
        }
    }

    @Test
    @Order(1)
    void showsAllNodesAtAGlance() throws IOException {
        screen.open("topics");
        browser.click("[data-testid=publish]");
        soon(() -> screen.note().contains("Published"));
        screen.open("overview");

        soon(() -> browser.count("[data-testid=nodes] tr") == 5);
        soon(() -> browser.text("[data-testid=card-nodes]").equals("5"));
        soon(() -> browser.text(".top-list").contains("demo.hello"));
        assertThat(browser.text("[data-testid=nodes]")).contains("north", "east", "west",
                "ann-peer", "ben-peer", "gateway", "peer", "ok");
        screen.picture("overview");
    }

    @Test
    @Order(2)
    void showsTheTreesOfEachNode() throws IOException {
        for (var node : demo.members()) {
            screen.open("trees/" + node.id());
            soon(() -> browser.count(place(PEERS)) == 1);
            assertThat(browser.text("[data-node='" + node.id() + "'] .chip-name"))
                    .isEqualTo(node.name());
        }
        browser.click(place(GATEWAY));

        assertThat(browser.text("[data-testid=details]")).contains(GATEWAY, "rest_for_one",
                "0 of 10");
        screen.picture("trees");
        browser.scheme("dark");
        screen.picture("trees-dark");
        browser.scheme("light");
    }

    /// The gateway's supervisor takes along what stands after a child that dies, and nothing before it.
    @Test
    @Order(3)
    void aCrashTakesAlongWhomTheStrategySays() {
        var east = demo.node("east");
        screen.open("trees/" + east.id());
        soon(() -> browser.count(place(GATEWAY + "/gateway_quic_server")) == 1);
        var before = screen.generations();
        browser.click(place(GATEWAY + "/gateway_quic_server"));
        browser.click("[data-testid=crash]");

        soon(() -> List.of("/gateway_quic_server", "/gateway", "/gateway_workers")
                .stream()
                .map(GATEWAY::concat)
                .allMatch(each -> screen.generation(each) > before.getOrDefault(each, 0)));
        soon(() -> screen.note().contains("at east was made to fail"));
        assertThat(screen.note()).contains(
                "macula crash macula/gateway_system/gateway_quic_server --data-dir "
                        + east.folder());
        var after = screen.generations();
        for (var kept : List.of(GATEWAY + "/gateway_health", GATEWAY + "/gateway_diagnostics",
                PEERS, "macula/routing_system/routing_server")) {
            assertThat(after.get(kept)).as(kept).isEqualTo(before.get(kept));
        }
        assertThat(browser.text("[data-testid=details]")).contains("exited",
                "crashed on request");
    }

    @Test
    @Order(4)
    void showsTheMeshAndALookup() throws IOException {
        screen.open("mesh");
        screen.shows(demo.nodes().size());
        soon(() -> browser.count(".edge[data-path=direct]") >= 3);
        assertThat(browser.text("[data-testid=links]")).contains("north", "east", "west",
                "direct");

        browser.click(body(demo.node("west"), false) + " circle");
        soon(() -> browser.text("[data-testid=about]").contains(demo.node("west").id()));
        browser.click("[data-testid=look-up]");
        soon(() -> browser.text("[data-testid=lookup]").contains("requests"));

        assertThat(browser.count(".hop")).isPositive();
        assertThat(screen.note()).contains("macula dht lookup hello --trace");
        screen.picture("mesh");
    }

    @Test
    @Order(5)
    void aNodeThatIsKilledGreysAndComesBack() {
        screen.open("mesh");
        screen.shows(demo.nodes().size());
        var west = demo.node("west");

        demo.kill(west);

        await().atMost(GREY_WITHIN)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> browser.count(body(west, true)) == 1);
        demo.startAgain(west);
        screen.shows(demo.nodes().size());
    }

    /// Healed by itself: who is cut off cannot be told to.
    @Test
    @Order(6)
    void aLineAcrossTheMeshCutsItInTwoUntilItHeals() throws IOException {
        var west = demo.node("west");
        screen.open("mesh");
        screen.shows(demo.nodes().size());
        browser.run("document.getElementById('cut-seconds').value = arguments[0]", CUT_SECONDS);
        browser.click("[data-testid=draw]");
        screen.drawBeside(west);
        soon(() -> browser.count("form .chip[aria-pressed=true]") == 1);
        assertThat(browser.text("form .chip[aria-pressed=true]")).isEqualTo("west");
        browser.click("[data-testid=cut]");

        soon(() -> browser.count(body(west, true)) == 1);
        assertThat(screen.note()).contains("Cut for " + CUT_SECONDS
                + " s: ann-peer, ben-peer, east, north from west", "macula partition ",
                demo.node("north").folder().toString(), " " + west.folder());
        soon(() -> browser.count(".edge[data-path=down]") >= 2);
        screen.sketch("cut");
        screen.shows(demo.nodes().size());
        soon(() -> browser.count(".edge[data-path=down]") == 0);
    }

    @Test
    @Order(7)
    void showsWhatNodesShareAndThatTheyAgree() throws IOException {
        terminals.here()
                .run("state", "put", "greeting", "hello from north", "--data-dir",
                        demo.node("north").folder().toString());
        screen.open("state");

        soon(() -> browser.text("[data-testid=verdict]").startsWith("5 nodes agree"));
        soon(() -> browser.text("[data-testid=keys]").contains("hello from north"));
        screen.picture("state");
    }

    @Test
    @Order(8)
    void followsTopicsPublishesAndCalls() throws IOException {
        screen.open("topics");
        browser.click("[data-testid=follow]");
        soon(() -> browser.text("[data-testid=tail-word]").startsWith("Following"));

        browser.click("[data-testid=publish]");

        soon(() -> browser.text("[data-testid=tail]").contains("demo.hello"));
        assertThat(browser.text("[data-testid=tail]")).contains("{\"hello\":\"mesh\"}");
        assertThat(screen.note()).contains("macula pub demo.hello");
        browser.click("[data-testid=call]");
        soon(() -> screen.note().contains("macula call"));
        screen.picture("topics");
    }

    /// The publish of the page before is the trace.
    @Test
    @Order(9)
    void drawsATraceAsAWaterfall() throws IOException {
        screen.open("traces");
        soon(() -> browser.text("[data-testid=traces]").contains("demo.hello"));

        browser.all("[data-testid=traces] tr")
                .filter(row -> row.getText().contains("demo.hello"))
                .findFirst()
                .orElseThrow()
                .findElement(By.tagName("a"))
                .click();

        soon(() -> browser.text("[data-testid=waterfall]").contains("demo.hello"));
        screen.picture("traces");
    }

    @Test
    @Order(10)
    void isFitForEverybody() throws IOException {
        for (var page : PAGES) {
            screen.open(page);
            soon(() -> browser.text("#live-text").equals("Live"));
            for (var scheme : List.of("light", "dark")) {
                browser.scheme(scheme);
                assertThat(browser.violations()).as(page + ", " + scheme).isEmpty();
            }
            screen.sketch(page + "-dark");
            browser.scheme("light");
            browser.size(Chromium.POCKET);
            assertThat(browser.fitsItsWindow()).as(page + " fits a small screen").isTrue();
            screen.sketch(page + "-small");
            browser.size(Chromium.DESK);
        }
    }

    /// Last, over all that was done before. What a node refuses or does not answer is no error of a page.
    @Test
    @Order(11)
    void noPageMadeAnErrorOrAskedAnyoneElse() {
        browser.askedNobodyElse();
        assertThat(browser.errors().stream().filter(each -> !each.contains("/console/act")))
                .isEmpty();
    }
}
