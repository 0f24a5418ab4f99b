package io.macula.it.process;

import static io.macula.it.process.Chromium.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The console stays readable, and quick, with 50 nodes of which each is linked to every other, and 1 000 processes on
/// one of them. Skipped, visibly, where there is no Chromium.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleAtScaleIT {

    private static final int NODES = 50;
    private static final int SYSTEMS = 10;
    private static final int WORKERS = 100;

    /// Of the best of several drawings: a busy machine draws some of them late.
    private static final double DRAWN_WITHIN_MILLIS = 250;
    private static final int DRAWINGS = 5;

    /// Processes that are drawn at once, whatever there is; the rest is scrolled to.
    private static final int DRAWN_MAX = 150;

    private static final String OVERLAPS = """
        const corners = (element) => {
          const box = element.getBBox ? element.getBBox() : null;
          if (!box) {
            const at = element.getBoundingClientRect();
            return [[at.left, at.top], [at.right, at.top], [at.right, at.bottom], [at.left, at.bottom]];
          }
          const to = element.getScreenCTM();
          return [[box.x, box.y], [box.x + box.width, box.y], [box.x + box.width, box.y + box.height], [box.x, box.y + box.height]]
            .map(([x, y]) => [to.a * x + to.c * y + to.e, to.b * x + to.d * y + to.f]);
        };
        const axes = (shape) => shape.slice(0, 2).map(([x, y], i) => [shape[i + 1][1] - y, x - shape[i + 1][0]]);
        const span = (shape, [x, y]) => {
          const on = shape.map((corner) => corner[0] * x + corner[1] * y);
          return [Math.min(...on), Math.max(...on)];
        };
        const apart = (a, b) => [...axes(a), ...axes(b)].some((axis) => {
          const [[fromA, toA], [fromB, toB]] = [span(a, axis), span(b, axis)];
          return toA <= fromB || toB <= fromA;
        });
        const shapes = [...document.querySelectorAll(arguments[0])].map((element) => [element.textContent || element.tagName, corners(element)]);
        const found = [];
        shapes.forEach(([a, shape], i) => shapes.slice(i + 1).forEach(([b, other]) => apart(shape, other) || found.push(`${a} / ${b}`)));
        return [String(shapes.length), ...found];
        """;

    private static final String DRAW = """
        const [done, hashes] = [arguments[arguments.length - 1], arguments[0]];
        const times = [];
        const next = () => {
          if (times.length === hashes.length) {
            done(Math.min(...times));
            return;
          }
          const from = performance.now();
          addEventListener('hashchange', () => {
            document.body.getBoundingClientRect();
            times.push(performance.now() - from);
            setTimeout(next, 0);
          }, { once: true });
          location.hash = hashes[times.length];
        };
        next();
        """;

    private StandInConsole console;
    private Chromium browser;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        Chromium.isThere();
        console = new StandInConsole(id(0), Json.write(news()));
        browser = Chromium.start(folder.resolve("browser"), Set.of(console.http() + "/"));
    }

    @AfterAll
    void end() {
        if (browser != null) {
            browser.close();
        }
        if (console != null) {
            console.close();
        }
    }

    private static String id(int number) {
        return "%08x%032d".formatted((long) number * 0x1_0000_0000L / NODES, number);
    }

    private static ObjectNode news() {
        var news = Json.object().put("t", 1_000_000);
        var nodes = news.putObject("nodes");
        for (var number = 0; number < NODES; number++) {
            var node = nodes.putObject(id(number)).put("silent", number % 10 == 9);
            node.putObject("facts")
                    .putObject("set")
                    .putObject("node")
                    .put("name", "edge-node-%03d".formatted(number))
                    .put("role", number % 5 == 0 ? "gateway" : "peer")
                    .put("status", "ok");
            links(number, node.putObject("peers").putObject("set"));
            if (number == 0) {
                processes(node.putObject("trees").putObject("set"));
            }
        }
        return news;
    }

    private static void links(int number, ObjectNode rows) {
        for (var other = 0; other < NODES; other++) {
            if (other != number) {
                rows.putObject(id(other))
                        .put("kind", "node")
                        .put("path", "direct")
                        .put("address", "127.0.0.1:1")
                        .put("rtt_us", 1_000 + other)
                        .put("sent", 1)
                        .put("received", 1);
            }
        }
    }

    private static void processes(ObjectNode rows) {
        row(rows, "shop", 0, "one_for_one");
        for (var system = 0; system < SYSTEMS; system++) {
            var path = "shop/department_with_a_long_name_" + system;
            row(rows, path, system, "dynamic");
            for (var worker = 0; worker < WORKERS; worker++) {
                row(rows, path + "/worker_with_a_long_name_" + worker, worker, "");
            }
        }
    }

    private static void row(ObjectNode rows, String path, int place, String strategy) {
        var row = rows.putObject(path).put("n", place).put("state", "running").put("gen", 1);
        if (!strategy.isEmpty()) {
            row.put("strategy", strategy).put("restarts", 0).put("limit", 10).put("period_s", 60);
        }
    }

    /// What lies over what, of all that a selector finds.
    private List<String> overlaps(String selector, int expected) {
        var found = ((List<?>) browser.ask(OVERLAPS, selector)).stream()
                .map(String::valueOf)
                .toList();
        assertThat(Integer.parseInt(found.getFirst())).as(selector)
                .isGreaterThanOrEqualTo(expected);
        return found.subList(1, found.size());
    }

    private double drawMillis(List<String> hashes) {
        return ((Number) browser.await(DRAW, hashes)).doubleValue();
    }

    private static List<String> turns(String one, String other) {
        return IntStream.range(0, DRAWINGS)
                .mapToObj(turn -> turn % 2 == 0 ? one : other)
                .toList();
    }

    @Test
    void fiftyNodesAreReadable() throws IOException {
        browser.open(console.http(), "mesh");
        soon(() -> browser.count("[data-testid=mesh] .body") == NODES);

        assertThat(browser.count(".edge")).isEqualTo(NODES * (NODES - 1) / 2);
        assertThat(browser.all(".body-name").map(name -> name.getText()).distinct())
                .hasSize(NODES);
        assertThat(overlaps(".body-name, .body circle", 2 * NODES)).isEmpty();
        assertThat(browser
                .ask("""
                    const frame = document.querySelector('[data-testid=mesh]').getBoundingClientRect();
                    return [...document.querySelectorAll('.body-name')].map((name) => [name.textContent, name.getBoundingClientRect()])
                      .filter(([, at]) => at.left < frame.left || at.right > frame.right || at.top < frame.top || at.bottom > frame.bottom)
                      .map(([name]) => name);
                    """))
                .as("names that are cut off")
                .isEqualTo(List.of());
        assertThat(drawMillis(turns("#/mesh/" + id(7), "#/mesh/" + id(8))))
                .isLessThan(DRAWN_WITHIN_MILLIS);
        assertThat(overlaps(".body-name, .body circle, .trip", 2 * NODES)).isEmpty();
        browser.picture(Path.of("target", "screenshots", "console-mesh-of-50.png"));
    }

    @Test
    void aThousandProcessesAreReadable() throws IOException {
        browser.open(console.http(), "trees/" + id(0));
        soon(() -> browser.count("[data-testid=tree] [data-path]") == SYSTEMS + 1);
        assertThat(browser.text("#tree-title")).contains("1011 places");
        assertThat(overlaps("[data-testid=tree] [data-path]", SYSTEMS)).isEmpty();

        for (var system = 0; system < SYSTEMS; system++) {
            browser.run("""
                document.querySelector(`[data-path="${arguments[0]}"]`)
                  .dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
                """, "shop/department_with_a_long_name_" + (SYSTEMS - 1 - system));
        }

        assertThat(browser.count("[data-testid=tree] [data-path]")).isBetween(20, DRAWN_MAX);
        assertThat(overlaps("[data-testid=tree] [data-path]", 20)).isEmpty();
        assertThat(drawMillis(turns("#/trees/" + id(0) + "/shop", "#/trees/" + id(0))))
                .isLessThan(DRAWN_WITHIN_MILLIS);
        browser.picture(Path.of("target", "screenshots", "console-tree-of-1000.png"));
        assertThat(browser.errors()).isEmpty();
    }
}
