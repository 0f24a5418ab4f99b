package io.macula.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.runtime.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/// The console in a real browser over three node processes: it shows all of them, what one does there happens, and it
/// takes the pictures of the README. Skipped, visibly, where there is no Chromium.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class ConsoleBrowserIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final Dimension DESK = new Dimension(1280, 900);
    private static final Dimension POCKET = new Dimension(390, 844);
    private static final List<String> NAMES = List.of("ada", "bob", "cleo");
    private static final List<String> PAGES = List.of("overview", "trees", "mesh", "state",
            "topics", "traces");
    private static final String PEERS = "macula/peers";
    private static final String GATEWAY = "macula/gateway_system";

    private Terminals terminals;
    private ChromeDriver browser;
    private final List<Running> nodes = new ArrayList<>();

    private record Running(String name, MaculaProcess process, String id, String http, String quic,
            Path folder) {}

    @BeforeAll
    void start() throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                "no Chromium with its driver; install the packages chromium and chromium-driver");
        terminals = new Terminals();
        nodes.add(node(0, "0", "0"));
        for (var number = 1; number < NAMES.size(); number++) {
            nodes.add(node(number, "0", "0", "--peer", nodes.getFirst().quic()));
        }
        browser = browser();
    }

    @AfterAll
    void end() {
        if (browser != null) {
            browser.quit();
        }
        if (terminals != null) {
            terminals.close();
        }
    }

    private Running node(int number, String quicPort, String httpPort, String... more)
            throws IOException {
        var folder = Files.createDirectories(terminals.folder().resolve(NAMES.get(number)));
        Files.writeString(folder.resolve("macula.conf"), "macula.observe.traces.ratio = 1\n");
        var arguments = new ArrayList<>(List.of("node", "start", "--role", "gateway", "--name",
                NAMES.get(number), "--json", "--data-dir", folder.toString(), "--quic-port",
                quicPort, "--http-port", httpPort, "--allow-actions", "--allow-chaos"));
        arguments.addAll(List.of(more));
        var process = terminals.start(arguments.toArray(String[]::new));
        var facts = json(process.awaitOut(line -> line.startsWith("{")));
        return new Running(NAMES.get(number), process, facts.path("id").asText(),
                facts.path("http").asText(), facts.path("quic").asText(), folder);
    }

    private ChromeDriver browser() {
        var options = new ChromeOptions();
        options.setBinary(CHROMIUM.toString());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu",
                "--disable-dev-shm-usage", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--no-first-run",
                "--force-prefers-reduced-motion",
                "--user-data-dir=" + terminals.folder().resolve("browser"));
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        var service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        var started = new ChromeDriver(service, options);
        started.manage().window().setSize(DESK);
        return started;
    }

    private static JsonNode json(String text) {
        return switch (Json.parse(text)) {
            case Json.Parsed.Value(var value) -> value;
            case Json.Parsed.Malformed(var reason) -> throw new AssertionError(reason);
        };
    }

    private void open(String page) {
        var address = nodes.getFirst().http() + "/#/" + page;
        browser.get("about:blank");
        browser.get(address);
        await().atMost(LONG)
                .until(() -> !browser.findElements(By.cssSelector("#page[data-shown]")).isEmpty());
    }

    private int count(String selector) {
        return browser.findElements(By.cssSelector(selector)).size();
    }

    private String text(String selector) {
        return String.valueOf(browser.executeScript(
                "return document.querySelector(arguments[0])?.innerText ?? ''", selector));
    }

    private void click(String selector) {
        browser.findElement(By.cssSelector(selector)).click();
    }

    private void picture(String name) throws IOException {
        Files.createDirectories(PICTURES);
        Files.write(PICTURES.resolve("console-" + name + ".png"),
                browser.getScreenshotAs(OutputType.BYTES));
    }

    private static String place(String path) {
        return "[data-testid=tree] [data-path='" + path + "']";
    }

    private int generation(String path) {
        return Integer.parseInt(browser.findElement(By.cssSelector(place(path)))
                .getDomAttribute("data-generation"));
    }

    private Map<String, Integer> generations() {
        return browser.findElements(By.cssSelector("[data-testid=tree] [data-path]"))
                .stream()
                .collect(Collectors.toMap(each -> each.getDomAttribute("data-path"),
                        each -> Integer.parseInt(each.getDomAttribute("data-generation"))));
    }

    @Test
    @Order(1)
    void showsThreeNodesAtAGlance() throws IOException {
        open("topics");
        click("[data-testid=publish]");
        await().atMost(LONG).until(() -> text("[data-testid=note]").contains("Published"));
        open("overview");

        await().atMost(LONG).until(() -> count("[data-testid=nodes] tr") == 3);
        await().atMost(LONG).until(() -> text("[data-testid=card-nodes]").equals("3"));
        await().atMost(LONG).until(() -> text(".top-list").contains("demo.hello"));
        assertThat(text("[data-testid=nodes]")).contains("ada", "bob", "cleo", "gateway", "ok");
        picture("overview");
    }

    @Test
    @Order(2)
    void showsTheTreesOfEachNode() throws IOException {
        for (var node : nodes) {
            open("trees/" + node.id());
            await().atMost(LONG).until(() -> count(place(PEERS)) == 1);
            assertThat(text("[data-node='" + node.id() + "'] .chip-name")).isEqualTo(node.name());
        }
        click(place(GATEWAY));

        assertThat(text("[data-testid=details]")).contains(GATEWAY, "rest_for_one", "0 of 10");
        picture("trees");
    }

    /// The gateway's supervisor takes along what stands after a child that dies, and nothing before it.
    @Test
    @Order(3)
    void aCrashTakesAlongWhomTheStrategySays() {
        open("trees/" + nodes.get(1).id());
        await().atMost(LONG).until(() -> count(place(GATEWAY + "/gateway_quic_server")) == 1);
        var before = generations();
        click(place(GATEWAY + "/gateway_quic_server"));
        click("[data-testid=crash]");

        await().atMost(LONG)
                .until(() -> List.of("/gateway_quic_server", "/gateway", "/gateway_workers")
                        .stream()
                        .map(GATEWAY::concat)
                        .allMatch(each -> generation(each) > before.getOrDefault(each, 0)));
        assertThat(text("[data-testid=note]")).contains("at bob was made to fail",
                "macula crash macula/gateway_system/gateway_quic_server --data-dir "
                        + nodes.get(1).folder());
        var after = generations();
        for (var kept : List.of(GATEWAY + "/gateway_health", GATEWAY + "/gateway_diagnostics",
                PEERS, "macula/routing_system/routing_server")) {
            assertThat(after.get(kept)).as(kept).isEqualTo(before.get(kept));
        }
        assertThat(text("[data-testid=details]")).contains("exited", "crashed on request");
    }

    @Test
    @Order(4)
    void showsTheMeshAndALookup() throws IOException {
        open("mesh");
        await().atMost(LONG).until(() -> count("[data-testid=mesh] .body") == 3);
        await().atMost(LONG).until(() -> count(".edge[data-path=direct]") == 3);
        assertThat(text("[data-testid=links]")).contains("ada", "bob", "cleo", "direct");

        browser.findElement(By.cssSelector("[data-node='" + nodes.get(2).id() + "']")).click();
        await().atMost(LONG).until(() -> text("[data-testid=about]").contains(nodes.get(2).id()));
        click("[data-testid=look-up]");
        await().atMost(LONG).until(() -> text("[data-testid=lookup]").contains("requests"));

        assertThat(count(".hop")).isPositive();
        assertThat(text("[data-testid=note]")).contains("macula dht lookup hello --trace");
        picture("mesh");
    }

    @Test
    @Order(5)
    void aNodeThatIsKilledGreysAndComesBack() throws IOException {
        open("mesh");
        var cleo = nodes.get(2);
        var body = "[data-testid=mesh] .body[data-node='" + cleo.id() + "']";
        await().atMost(LONG).until(() -> count(body + "[data-silent=false]") == 1);

        cleo.process().signal("KILL");

        await().atMost(Duration.ofSeconds(15)).until(() -> count(body + "[data-silent=true]") == 1);
        nodes.set(2, node(2, "0", "0", "--peer", nodes.getFirst().quic()));
        assertThat(nodes.get(2).id()).isEqualTo(cleo.id());
        await().atMost(LONG).until(() -> count(body + "[data-silent=false]") == 1);
    }

    /// Long enough to be seen, and healed by itself: who is cut off cannot be told to.
    @Test
    @Order(6)
    void showsThatTheMeshIsCutInTwoAndHeals() throws IOException {
        open("mesh");
        var cleo = "[data-testid=mesh] .body[data-node='" + nodes.get(2).id() + "']";
        await().atMost(LONG).until(() -> count(cleo + "[data-silent=false]") == 1);
        click("form .chip[data-node='" + nodes.get(2).id() + "']");
        click("[data-testid=cut]");

        await().atMost(LONG).until(() -> count(cleo + "[data-silent=true]") == 1);
        assertThat(text("[data-testid=note]")).contains("Cut for 20 s: ada, bob from cleo",
                "macula partition " + nodes.get(0).folder() + "," + nodes.get(1).folder() + " "
                        + nodes.get(2).folder());
        await().atMost(LONG).until(() -> count(".edge[data-path=down]") == 2);
        picture("cut");
        await().atMost(LONG).until(() -> count(cleo + "[data-silent=false]") == 1);
        await().atMost(LONG).until(() -> count(".edge[data-path=direct]") == 3);
    }

    @Test
    @Order(7)
    void showsWhatNodesShareAndThatTheyAgree() throws IOException {
        terminals.here()
                .run("state", "put", "greeting", "hello from ada", "--data-dir",
                        nodes.getFirst().folder().toString());
        open("state");

        await().atMost(LONG).until(() -> text("[data-testid=verdict]").startsWith("3 nodes agree"));
        await().atMost(LONG).until(() -> text("[data-testid=keys]").contains("hello from ada"));
        picture("state");
    }

    @Test
    @Order(8)
    void followsTopicsPublishesAndCalls() throws IOException {
        open("topics");
        click("[data-testid=follow]");
        await().atMost(LONG).until(() -> text("[data-testid=tail-word]").startsWith("Following"));

        click("[data-testid=publish]");

        await().atMost(LONG).until(() -> text("[data-testid=tail]").contains("demo.hello"));
        assertThat(text("[data-testid=tail]")).contains("{\"hello\":\"mesh\"}");
        assertThat(text("[data-testid=note]")).contains("macula pub demo.hello");
        click("[data-testid=call]");
        await().atMost(LONG).until(() -> text("[data-testid=note]").contains("macula call"));
        picture("topics");
    }

    /// The publish of the page before is the trace.
    @Test
    @Order(9)
    void drawsATraceAsAWaterfall() throws IOException {
        open("traces");
        await().atMost(LONG).until(() -> text("[data-testid=traces]").contains("demo.hello"));

        browser.findElements(By.cssSelector("[data-testid=traces] tr"))
                .stream()
                .filter(row -> row.getText().contains("demo.hello"))
                .findFirst()
                .orElseThrow()
                .findElement(By.tagName("a"))
                .click();

        await().atMost(LONG).until(() -> text("[data-testid=waterfall]").contains("demo.hello"));
        picture("traces");
    }

    @Test
    @Order(10)
    void isFitForEverybody() throws IOException {
        for (var page : PAGES) {
            open(page);
            await().atMost(LONG).until(() -> text("#live-text").equals("Live"));
            assertThat(violations()).as(page).isEmpty();
        }
        scheme("dark");
        for (var page : PAGES) {
            open(page);
            await().atMost(LONG).until(() -> text("#live-text").equals("Live"));
            assertThat(violations()).as(page + " in the dark").isEmpty();
            picture(page + "-dark");
        }
        scheme("light");
        browser.manage().window().setSize(POCKET);
        for (var page : PAGES) {
            open(page);
            assertThat(browser.executeScript(
                    "return document.documentElement.scrollWidth <= innerWidth"))
                    .as(page + " fits a small screen")
                    .isEqualTo(true);
            picture(page + "-small");
        }
        browser.manage().window().setSize(DESK);
    }

    private void scheme(String scheme) {
        browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features",
                List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /// What axe-core calls serious or critical.
    private List<String> violations() throws IOException {
        try (var axe = ConsoleBrowserIT.class.getResourceAsStream("/axe.min.js")) {
            browser.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        var found = json(String.valueOf(browser.executeAsyncScript("""
            const done = arguments[arguments.length - 1];
            axe.run(document).then((result) => done(JSON.stringify(result.violations
              .filter((each) => each.impact === 'serious' || each.impact === 'critical')
              .map((each) => `${each.id}: ${each.nodes.map((node) => node.html).slice(0, 3)}`))));
            """)));
        return found.valueStream().map(JsonNode::asText).toList();
    }

    /// Last, over all that was done before. A node that is killed cuts its streams, which is no error of a page.
    @Test
    @Order(11)
    void noPageMadeAnErrorOrAskedAnyoneElse() {
        var own = Set.copyOf(nodes.stream().map(Running::http).toList());
        var asked = browser.manage()
                .logs()
                .get(LogType.PERFORMANCE)
                .getAll()
                .stream()
                .map(entry -> json(entry.getMessage()).path("message"))
                .filter(message -> message.path("method")
                        .asText()
                        .equals("Network.requestWillBeSent"))
                .map(message -> message.path("params").path("request").path("url").asText())
                .filter(url -> url.startsWith("http") || url.startsWith("ws"))
                .toList();

        assertThat(asked).isNotEmpty()
                .allMatch(url -> own.stream().anyMatch(http -> url.startsWith(http + "/")));
        assertThat(browser.manage()
                .logs()
                .get(LogType.BROWSER)
                .getAll()
                .stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(entry -> entry.getMessage())
                .filter(message -> !message.contains("/console/act"))
                .toList()).isEmpty();
    }
}
