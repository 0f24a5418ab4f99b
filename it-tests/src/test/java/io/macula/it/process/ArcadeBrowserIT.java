package io.macula.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.runtime.FreePorts;
import io.macula.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/// The game in a real browser: two pages on two nodes of a Cluster meet, the node of their match is killed, they play
/// on, and one wins. Skipped, visibly, where there is no Chromium.
class ArcadeBrowserIT {

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private static final Path GAME = Path.of(System.getProperty("macula.root", ".."))
            .resolve(Path.of("examples", "arcade", "target", "macula-arcade.jar"))
            .toAbsolutePath()
            .normalize();

    @AutoClose final Terminals terminals = new Terminals();

    private final List<ChromeDriver> browsers = new ArrayList<>();
    private final List<Running> nodes = new ArrayList<>();

    private record Running(MaculaProcess process, String id, String http, Path folder) {}

    @BeforeEach
    void needsABrowser() {
        Assumptions.assumeTrue(Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                "no Chromium with its driver; install the packages chromium and chromium-driver");
    }

    @AfterEach
    void closeBrowsers() {
        browsers.forEach(WebDriver::quit);
    }

    @Test
    void twoPagesOnTwoNodesPlayOnWhenTheNodeOfTheirMatchIsKilled() throws IOException {
        startThreeNodes();
        var ann = page(nodes.get(0), "Ann");
        var ben = page(nodes.get(1), "Ben");

        await().atMost(LONG)
                .until(() -> ann.findElement(By.id("crowd")).getText().startsWith("3 nodes"));

        ann.findElement(By.id("join")).click();
        await().atMost(LONG).until(() -> phase(ann).equals("queued"));
        runRound(ann);
        runRound(ben);
        ben.findElement(By.id("join")).click();
        await().atMost(LONG)
                .until(() -> phase(ann).equals("playing") && phase(ben).equals("playing"));
        ann.findElement(By.tagName("body")).sendKeys(Keys.ARROW_UP);
        await().atMost(LONG).until(() -> state(ann).path("tick").asLong() > 80);
        assertThat(state(ann).path("match")).isEqualTo(state(ben).path("match"));
        assertThat(state(ann).path("seat").asInt()).isNotEqualTo(state(ben).path("seat").asInt());
        var host = state(ann).path("host").asText();
        var epoch = state(ann).path("epoch").asLong();
        assertThat(host).as("the match runs on the node without a page")
                .isEqualTo(nodes.get(2).id());
        screenshot(ann, "playing");

        nodes.get(2).process().signal("KILL");

        await().atMost(LONG)
                .until(() -> state(ann).path("epoch").asLong() > epoch
                        && state(ben).path("epoch").asLong() > epoch);
        screenshot(ann, "goes-on");
        // Ben does not steer any more, and runs into a wall.
        ben.executeScript("clearInterval(window.running)");
        await().atMost(LONG).until(() -> phase(ann).equals("over") && phase(ben).equals("over"));
        screenshot(ben, "over");
        var winner = state(ann).path("result").path("winner");
        assertThat(winner).isEqualTo(state(ben).path("result").path("winner"));
        assertThat(winner.asInt()).isEqualTo(state(ann).path("seat").asInt());
        assertThat(errors(ann)).isEmpty();
        assertThat(errors(ben)).isEmpty();
    }

    /// Has the page press its keys so that its snake runs round in squares of three cells.
    private static void runRound(ChromeDriver page) {
        page.executeScript(
                """
                    const keys = { U: 'ArrowRight', R: 'ArrowDown', D: 'ArrowLeft', L: 'ArrowUp' };
                    let straight = 3;
                    let before = '';
                    window.running = setInterval(() => {
                      const state = JSON.parse(document.getElementById('state').textContent || '{}');
                      const snake = state.phase === 'playing' && state.game ? state.game.snakes[state.seat] : null;
                      if (!snake || before === String(snake.head)) {
                        return;
                      }
                      before = String(snake.head);
                      straight += 1;
                      if (straight >= 3) {
                        straight = 0;
                        window.dispatchEvent(new KeyboardEvent('keydown', { code: keys[snake.heading] }));
                      }
                    }, 20);
                    """);
    }

    private void startThreeNodes() throws IOException {
        var ports = FreePorts.take(3);
        var seeds = ports.stream()
                .map(port -> "\"127.0.0.1:" + port + "\"")
                .collect(Collectors.joining(", "));
        var processes = new ArrayList<MaculaProcess>();
        for (var number = 0; number < 3; number++) {
            var folder = Files.createDirectories(folder(number));
            Files.writeString(folder.resolve("macula.conf"),
                    """
                        macula {
                          quic.port = 0
                          http.port = 0
                          cluster { enabled = true, port = %d, seeds = [%s], silence-max = 2 s, stable-after = 2 s }
                          coordination { enabled = true, port = 0 }
                        }
                        """.formatted(
                            ports.get(number), seeds));
            processes.add(terminals.start("node", "start", "--role", "gateway", "--json",
                    "--data-dir", folder.toString()));
        }
        for (var number = 0; number < 3; number++) {
            var process = processes.get(number);
            var facts = json(process.awaitOut(line -> line.startsWith("{")));
            nodes.add(new Running(process, facts.path("id").asText(),
                    facts.path("http").asText(), folder(number)));
        }
        for (var node : nodes) {
            var deployed = terminals.here()
                    .run("app", "deploy", GAME.toString(), "--data-dir", node.folder().toString());
            assertThat(deployed.out()).as(deployed.toString()).contains("arcade 0.1.0 is running");
        }
    }

    private Path folder(int number) {
        return terminals.folder().resolve("node" + number);
    }

    private static JsonNode json(String text) {
        return switch (Json.parse(text)) {
            case Json.Parsed.Value(var value) -> value;
            case Json.Parsed.Malformed(var reason) -> throw new AssertionError(reason);
        };
    }

    private ChromeDriver page(Running node, String name) {
        var options = new ChromeOptions();
        options.setBinary(CHROMIUM.toString());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu",
                "--disable-dev-shm-usage", "--window-size=900,1000",
                "--user-data-dir=" + terminals.folder().resolve("browser-" + name));
        var service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        var browser = new ChromeDriver(service, options);
        browsers.add(browser);
        browser.get(node.http() + "/apps/arcade/?name=" + name);
        await().atMost(LONG).until(() -> phase(browser).equals("idle"));
        assertThat(state(browser).path("node").asText()).isEqualTo(node.id());
        return browser;
    }

    private static JsonNode state(ChromeDriver page) {
        return json(String.valueOf(page.executeScript(
                "return document.getElementById('state').textContent || '{}'")));
    }

    private static String phase(ChromeDriver page) {
        return state(page).path("phase").asText();
    }

    private static List<String> errors(ChromeDriver page) {
        return page.manage()
                .logs()
                .get("browser")
                .getAll()
                .stream()
                .filter(entry -> entry.getLevel().intValue() >= java.util.logging.Level.SEVERE
                        .intValue())
                .map(entry -> entry.getMessage())
                .toList();
    }

    private static void screenshot(ChromeDriver page, String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        Files.write(SCREENSHOTS.resolve("arcade-" + name + ".png"),
                page.getScreenshotAs(OutputType.BYTES));
    }
}
