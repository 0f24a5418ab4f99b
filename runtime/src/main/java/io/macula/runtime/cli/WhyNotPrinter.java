package io.macula.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.runtime.control.ControlClient;
import io.macula.runtime.control.ControlClient.Answer;
import io.macula.runtime.json.Json;
import io.macula.runtime.why.Matter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Carries out `why-not`.
final class WhyNotPrinter {

    static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Console console;
    private final boolean json;

    WhyNotPrinter(Console console, boolean json) {
        this.console = console;
        this.json = json;
    }

    /// The worst of what the nodes say is what the command ends with.
    int run(List<Path> folders, Matter matter) {
        if (folders.isEmpty()) {
            return console.fail(ExitCode.NOT_FOUND,
                    "no node is running here; name its folder with --data-dir");
        }
        var code = ExitCode.OK.number();
        for (var folder : folders) {
            code = Math.max(code, one(folder, matter));
        }
        return code;
    }

    private int one(Path folder, Matter matter) {
        return switch (new ControlClient(folder, PATIENCE).whyNot(matter)) {
            case Answer.Ok(var answer) -> show(folder, matter,
                    answer.path("steps").valueStream().toList());
            case Answer.NobodyThere(var message) -> console.fail(ExitCode.NOT_FOUND, message);
            case Answer.Refused(_, var message) -> console.fail(ExitCode.FAILED, message);
            case Answer.Failed(var message) -> console.fail(ExitCode.UNREACHABLE, message);
        };
    }

    private int show(Path folder, Matter matter, List<JsonNode> steps) {
        var failed = steps.stream()
                .filter(step -> step.path("verdict").asText().equals("failed"))
                .findFirst();
        if (json) {
            var object = Json.object()
                    .put("node", folder.toString())
                    .put("kind", matter.kind().word())
                    .put("name", matter.name())
                    .put("ok", failed.isEmpty())
                    .put("failed", failed.map(step -> step.path("step").asText()).orElse(""));
            object.putArray("steps").addAll(steps);
            console.print(Json.write(object));
        } else {
            print(folder, matter, steps, failed);
        }
        return (failed.isEmpty() ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private void print(Path folder, Matter matter, List<JsonNode> steps,
            Optional<JsonNode> failed) {
        console.print(matter.kind().word() + " " + matter.name() + ", from the node in " + folder);
        var rows = new ArrayList<List<String>>();
        steps.forEach(step -> rows.add(List.of("  " + mark(step.path("verdict").asText()),
                step.path("step").asText(), step.path("found").asText())));
        Table.lines(rows).forEach(console::print);
        steps.stream()
                .filter(step -> !step.path("verdict").asText().equals("ok"))
                .filter(step -> !step.path("advice").asText().isEmpty())
                .forEach(step -> console.print("what to do about the " + step.path("step").asText()
                        + ": " + step.path("advice").asText()));
        console.print(failed
                .map(step -> "it fails at the " + step.path("step").asText())
                .orElse("no step fails"));
    }

    private static String mark(String verdict) {
        return switch (verdict) {
            case "ok" -> "ok";
            case "failed" -> "FAILED";
            default -> "-";
        };
    }
}
