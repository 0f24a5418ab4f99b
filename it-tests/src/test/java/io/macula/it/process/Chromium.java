package io.macula.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.runtime.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/// A real browser with one window, and what tests ask of the page in it.
final class Chromium implements AutoCloseable {

    /// How long anything may take that has no bound of its own.
    static final Duration LONG = Duration.ofSeconds(60);

    static final Dimension DESK = new Dimension(1280, 900);
    static final Dimension POCKET = new Dimension(390, 844);

    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private final ChromeDriver driver;
    private final Set<String> own;

    /// @param own
    ///            the beginnings of all addresses that may be asked, such as `http://127.0.0.1:9080/`
    private Chromium(ChromeDriver driver, Set<String> own) {
        this.driver = driver;
        this.own = Set.copyOf(own);
    }

    /// Skips the test, visibly, where there is none.
    static void isThere() {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM) && Files.isExecutable(DRIVER),
                "no Chromium with its driver; install the packages chromium and chromium-driver");
    }

    /// @param folder
    ///            for its profile
    static Chromium start(Path folder, Set<String> own) {
        var options = new ChromeOptions();
        options.setBinary(PROGRAM.toString());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu",
                "--disable-dev-shm-usage", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--no-first-run",
                "--force-prefers-reduced-motion", "--user-data-dir=" + folder);
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        var service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        var started = new ChromeDriver(service, options);
        started.manage().window().setSize(DESK);
        return new Chromium(started, own);
    }

    static JsonNode json(String text) {
        return switch (Json.parse(text)) {
            case Json.Parsed.Value(var value) -> value;
            case Json.Parsed.Malformed(var reason) -> throw new AssertionError(reason);
        };
    }

    @Override
    public void close() {
        driver.quit();
    }

    ChromeDriver driver() {
        return driver;
    }

    static void soon(Callable<Boolean> isSo) {
        Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(50)).until(isSo);
    }

    /// Opens a page of a console and waits until it shows something.
    void open(String http, String page) {
        driver.get("about:blank");
        driver.get(http + "/#/" + page);
        soon(() -> count("#page[data-shown]") == 1);
    }

    int count(String selector) {
        return driver.findElements(By.cssSelector(selector)).size();
    }

    String text(String selector) {
        return String.valueOf(driver.executeScript(
                "return document.querySelector(arguments[0])?.innerText ?? ''", selector));
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    Stream<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector)).stream();
    }

    void click(String selector) {
        find(selector).click();
    }

    void run(String script, Object... arguments) {
        driver.executeScript(script, arguments);
    }

    /// What a script returns; it has to return something.
    Object ask(String script, Object... arguments) {
        return Objects.requireNonNull(driver.executeScript(script, arguments), "no answer");
    }

    /// What a script hands to the function that is its last argument.
    Object await(String script, Object... arguments) {
        return Objects.requireNonNull(driver.executeAsyncScript(script, arguments), "no answer");
    }

    void size(Dimension size) {
        driver.manage().window().setSize(size);
    }

    /// `light` or `dark`, as a user prefers it.
    void scheme(String scheme) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features",
                List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    boolean fitsItsWindow() {
        return ask("return document.documentElement.scrollWidth <= innerWidth").equals(true);
    }

    void picture(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    /// What axe-core finds that keeps people from using the page.
    List<String> violations() throws IOException {
        try (var axe = Chromium.class.getResourceAsStream("/axe.min.js")) {
            assertThat(axe).isNotNull();
            run(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        var found = json(String.valueOf(await("""
            const done = arguments[arguments.length - 1];
            axe.run(document).then((result) => done(JSON.stringify(result.violations
              .filter((each) => each.impact === 'serious' || each.impact === 'critical')
              .map((each) => `${each.id}: ${each.nodes.map((node) => node.html).slice(0, 3)}`))));
            """)));
        return found.valueStream().map(JsonNode::asText).toList();
    }

    /// Since the last time: every request went to one of the own addresses.
    void askedNobodyElse() {
        var asked = driver.manage()
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

        assertThat(asked).isNotEmpty().allMatch(url -> own.stream().anyMatch(url::startsWith));
    }

    /// What pages wrote to the console of the browser as an error, since the last time.
    List<String> errors() {
        return driver.manage()
                .logs()
                .get(LogType.BROWSER)
                .getAll()
                .stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(entry -> entry.getMessage())
                .toList();
    }
}
