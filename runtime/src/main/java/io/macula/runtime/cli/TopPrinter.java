package io.macula.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.control.ControlClient;
import io.macula.runtime.control.ControlClient.Answer;
import io.macula.runtime.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/// Carries out `top`.
final class TopPrinter {

    static final Duration PATIENCE = Duration.ofSeconds(5);

    /// Names of topics and procedures that are shown of each node.
    private static final int NAMES_MAX = 5;

    /// To the upper left corner, and nothing below it.
    private static final String CLEAR = "\u001b[H\u001b[2J";

    private static final List<String> COLUMNS = List.of("NODE", "ROLE", "STATUS", "UP", "LINKS",
            "PUB/S", "SUB/S", "CALL/S", "SERVE/S", "FAIL", "CALL P50", "P99", "HEAP");

    private final Console console;
    private final List<Path> folders;
    private final boolean json;

    TopPrinter(Console console, List<Path> folders, boolean json) {
        this.console = console;
        this.folders = List.copyOf(folders);
        this.json = json;
    }

    /// One look: a node, and what it said.
    private record Look(Path folder, Answer answer) {}

    int once() {
        return show(look(), false);
    }

    /// Ends with Ctrl-C, when nobody reads any more, or when no node is left.
    int untilStopped(Duration interval) {
        var isTerminal = System.console() != null && !json;
        var code = show(look(), isTerminal);
        while (code == ExitCode.OK.number() && !console.stop().isDone()
                && !console.out().checkError()) {
            Waiting.until(console, new CompletableFuture<Void>(), interval);
            code = console.stop().isDone() ? code : show(look(), isTerminal);
        }
        return code;
    }

    private List<Look> look() {
        return folders.stream()
                .map(folder -> new Look(folder, new ControlClient(folder, PATIENCE).metrics()))
                .toList();
    }

    private int show(List<Look> looks, boolean isTerminal) {
        if (looks.stream().noneMatch(look -> look.answer() instanceof Answer.Ok)) {
            return looks.getFirst().answer() instanceof Answer.Bad bad
                    ? NodeAsker.failed(console, bad)
                    : ExitCode.OK.number();
        }
        if (json) {
            looks.forEach(look -> console.print(Json.write(object(look))));
        } else {
            var text = (isTerminal ? CLEAR : "") + String.join("\n", lines(looks));
            console.print(text);
        }
        return ExitCode.OK.number();
    }

    private static ObjectNode object(Look look) {
        var object = Json.object().put("folder", look.folder().toString());
        return switch (look.answer()) {
            case Answer.Ok(var answer) -> object.set("metrics", answer.path("metrics"));
            case Answer.NobodyThere(var message) -> object.put("error", message);
            case Answer.Refused(_, var message) -> object.put("error", message);
            case Answer.Failed(var message) -> object.put("error", message);
        };
    }

    private static List<String> lines(List<Look> looks) {
        var rows = new ArrayList<List<String>>();
        rows.add(COLUMNS);
        looks.forEach(look -> rows.add(row(look)));
        var lines = new ArrayList<>(Table.lines(rows));
        for (var look : looks) {
            if (look.answer() instanceof Answer.Ok(var answer)) {
                var metrics = answer.path("metrics");
                names(lines, metrics, "topics");
                names(lines, metrics, "procedures");
            }
        }
        return lines;
    }

    private static void names(List<String> lines, JsonNode metrics, String what) {
        var rows = metrics.path(what)
                .valueStream()
                .limit(NAMES_MAX)
                .map(top -> List.of("  " + printable(top.path("name").asText()),
                        number(top.path("per_s").asDouble()) + "/s",
                        top.path("total").asLong() + " in all"))
                .toList();
        if (!rows.isEmpty()) {
            lines.add("");
            lines.add(what + " of " + printable(metrics.path("name").asText()));
            lines.addAll(Table.lines(rows));
        }
    }

    private static List<String> row(Look look) {
        if (!(look.answer() instanceof Answer.Ok(var answer))) {
            var row = new ArrayList<>(List.of(String.valueOf(look.folder().getFileName()), "-",
                    "not running"));
            while (row.size() < COLUMNS.size()) {
                row.add("-");
            }
            return row;
        }
        var metrics = answer.path("metrics");
        var called = metrics.path("called");
        return List.of(printable(metrics.path("name").asText()), metrics.path("role").asText(),
                metrics.path("status").asText(), uptime(metrics.path("uptime_s").asLong()),
                metrics.path("links").asText(), perSecond(metrics, "published"),
                perSecond(metrics, "consumed"), perSecond(metrics, "called"),
                perSecond(metrics, "served"),
                String.format(Locale.ROOT, "%.1f%%", metrics.path("error_ratio").asDouble() * 100),
                time(called.path("p50_us").asDouble()), time(called.path("p99_us").asDouble()),
                (metrics.path("heap_used_bytes").asLong() >> 20) + " MiB");
    }

    /// Names come from the network: nothing in them may move the cursor.
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private static String perSecond(JsonNode metrics, String flow) {
        return number(metrics.path(flow).path("per_s").asDouble());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
    }

    private static String time(double micros) {
        if (micros == 0) {
            return "-";
        }
        return micros < 1_000
                ? String.format(Locale.ROOT, "%.0f us", micros)
                : String.format(Locale.ROOT, "%.1f ms", micros / 1_000);
    }

    private static String uptime(long seconds) {
        return seconds < 3_600
                ? seconds / 60 + "m" + seconds % 60 + "s"
                : seconds / 3_600 + "h" + seconds % 3_600 / 60 + "m";
    }
}
