package io.macula.it.process;

import static io.macula.it.process.Chromium.soon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openqa.selenium.interactions.Actions;

/// What one sees on the console of a node, and what a hand does there that is more than a click.
///
/// @param http
///            where that node serves it
record ConsoleScreen(Chromium browser, String http) {

    /// Where the pictures go; a relative path counts from the folder of the whole project.
    private static final Path PICTURES = Path.of(System.getProperty("macula.root", ".."))
            .toAbsolutePath()
            .resolve(System.getProperty("macula.screenshots", "it-tests/target/screenshots"));

    /// Pictures that nothing refers to.
    private static final Path SKETCHES = Path.of("target", "screenshots");

    void open(String page) {
        browser.open(http, page);
    }

    void picture(String name) throws IOException {
        browser.picture(PICTURES.resolve("console-" + name + ".png"));
    }

    void sketch(String name) throws IOException {
        browser.picture(SKETCHES.resolve("console-" + name + ".png"));
    }

    String note() {
        return browser.text("[data-testid=note]");
    }

    static String place(String path) {
        return "[data-testid=tree] [data-path='" + path + "']";
    }

    int generation(String path) {
        return Integer.parseInt(browser.find(place(path)).getDomAttribute("data-generation"));
    }

    Map<String, Integer> generations() {
        return browser.all("[data-testid=tree] [data-path]")
                .collect(Collectors.toMap(each -> each.getDomAttribute("data-path"),
                        each -> Integer.parseInt(each.getDomAttribute("data-generation"))));
    }

    /// The body of a node in the drawing of the mesh.
    static String body(LaunchedDemo.Node node, boolean isSilent) {
        return "[data-testid=mesh] .body[data-node='" + node.id() + "'][data-silent=" + isSilent
                + "]";
    }

    /// Waits until so many nodes stand in the drawing of the mesh, and none of them is silent.
    void shows(int nodes) {
        soon(() -> browser.count("[data-testid=mesh] .body[data-silent=false]") == nodes
                && browser.count("[data-testid=mesh] .body") == nodes);
    }

    /// Draws a line between a node and all others, which stand on a circle.
    void drawBeside(LaunchedDemo.Node node) {
        var ends = (List<?>) browser.ask(
                """
                    const mesh = document.querySelector('[data-testid=mesh]');
                    mesh.scrollIntoView({ block: 'center' });
                    const middle = (box) => [box.x + box.width / 2, box.y + box.height / 2];
                    const [x, y] = middle(mesh.getBoundingClientRect());
                    const [toX, toY] = middle(mesh.querySelector(`[data-node="${arguments[0]}"] circle`).getBoundingClientRect());
                    const [dx, dy] = [toX - x, toY - y];
                    return [x + 0.65 * dx - 0.6 * dy, y + 0.65 * dy + 0.6 * dx,
                      x + 0.65 * dx + 0.6 * dy, y + 0.65 * dy - 0.6 * dx].map(Math.round);
                    """,
                node.id());
        var at = ends.stream().mapToInt(end -> ((Number) end).intValue()).toArray();
        new Actions(browser.driver()).moveToLocation(at[0], at[1])
                .clickAndHold()
                .moveToLocation((at[0] + at[2]) / 2, (at[1] + at[3]) / 2)
                .moveToLocation(at[2], at[3])
                .release()
                .perform();
    }
}
