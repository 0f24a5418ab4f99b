package io.macula.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.runtime.control.ControlClient;
import io.macula.runtime.control.ControlClient.Answer;
import io.macula.runtime.json.Json;
import io.macula.runtime.trace.SpanJson;
import io.macula.runtime.trace.SpanLine;
import io.macula.runtime.trace.SpanSet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// Carries out `trace`.
final class TracePrinter {

    static final Duration PATIENCE = Duration.ofSeconds(8);

    /// Spans that are taken from one node's answer.
    private static final int SPANS_MAX = 100_000;

    private static final List<String> COLUMNS = List.of("TRACE", "BEGAN", "TOOK", "SPANS", "WHAT");

    private final Console console;
    private final boolean json;

    TracePrinter(Console console, boolean json) {
        this.console = console;
        this.json = json;
    }

    int show(List<Path> folders, String id) {
        List<SpanLine> spans = List.of();
        var asked = new Asked();
        for (var folder : folders) {
            for (var answer : asked.one(folder, client -> client.trace(
                    Json.object().put("do", "find").put("id", id)))) {
                spans = SpanSet.of(spans, SpanJson.read(answer.path("spans"), id, SPANS_MAX));
            }
        }
        if (spans.isEmpty()) {
            return asked.answered == 0
                    ? console.fail(asked.code, asked.message)
                    : console.fail(ExitCode.NOT_FOUND, "no node that was asked knows trace " + id
                            + "; it may be forgotten already, or was never recorded");
        }
        print(id, spans);
        return ExitCode.OK.number();
    }

    private void print(String id, List<SpanLine> spans) {
        if (json) {
            var trace = Json.object().put("trace_id", id);
            var list = trace.putArray("spans");
            spans.forEach(span -> list.add(SpanJson.of(span)));
            console.print(Json.write(trace));
        } else {
            new Waterfall(spans).lines(id).forEach(console::print);
        }
    }

    int list(List<Path> folders) {
        var lines = new ArrayList<JsonNode>();
        var asked = new Asked();
        for (var folder : folders) {
            for (var answer : asked.one(folder, client -> client.trace(
                    Json.object().put("do", "recent")))) {
                answer.path("traces").forEach(lines::add);
            }
        }
        if (asked.answered == 0) {
            return console.fail(asked.code, asked.message);
        }
        if (json) {
            lines.forEach(line -> console.print(Json.write(line)));
        } else if (lines.isEmpty()) {
            console.say("no traces yet; make one with 'macula call ... --trace'");
        } else {
            var rows = new ArrayList<List<String>>();
            rows.add(COLUMNS);
            lines.forEach(line -> rows.add(row(line)));
            Table.lines(rows).forEach(console::print);
        }
        return ExitCode.OK.number();
    }

    private static List<String> row(JsonNode line) {
        var took = String.format(Locale.ROOT, "%.2f ms", line.path("took_us").asLong() / 1_000.0);
        return List.of(line.path("trace_id").asText(), line.path("start").asText(), took,
                line.path("spans").asText(), line.path("name").asText()
                        + (line.path("failed").asBoolean() ? "  FAILED" : ""));
    }

    /// What came of asking several nodes: what those said who answered, else why the last one did not.
    private static final class Asked {

        private int answered;
        private ExitCode code = ExitCode.NOT_FOUND;
        private String message = "no node is running here; name its folder with --data-dir";

        List<JsonNode> one(Path folder, Function<ControlClient, Answer> question) {
            switch (question.apply(new ControlClient(folder, PATIENCE))) {
                case Answer.Ok(var answer) -> {
                    answered++;
                    return List.of(answer);
                }
                case Answer.NobodyThere(var why) -> failed(ExitCode.NOT_FOUND, why);
                case Answer.Refused(_, var why) -> failed(ExitCode.FAILED, why);
                case Answer.Failed(var why) -> failed(ExitCode.UNREACHABLE, why);
            }
            return List.of();
        }

        private void failed(ExitCode newCode, String why) {
            code = newCode;
            message = why;
        }
    }
}
