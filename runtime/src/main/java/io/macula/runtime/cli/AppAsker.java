package io.macula.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.control.ControlClient;
import io.macula.runtime.control.ControlClient.Answer;
import io.macula.runtime.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Carries out the commands of `app`.
final class AppAsker {

    /// A workload is drained and stopped, and another started, before the node answers.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Console console;

    AppAsker(Console console) {
        this.console = console;
    }

    /// @param lines what people see
    int run(StateCommand.Common common, ObjectNode request,
            Function<JsonNode, List<String>> lines) {
        var folder = RunningFolder.of(console, common.dataDir, Duration.ofSeconds(9));
        return switch (new ControlClient(folder, PATIENCE).app(request)) {
            case Answer.Ok(var answer) -> {
                if (common.json) {
                    console.print(Json.write(((ObjectNode) answer).without("ok")));
                } else {
                    lines.apply(answer).forEach(console::print);
                }
                yield ExitCode.OK.number();
            }
            case Answer.NobodyThere(var message) -> console.fail(ExitCode.NOT_FOUND, message);
            case Answer.Refused(var code, var message) ->
                console.fail(StateAsker.exitCode(code), message);
            case Answer.Failed(var message) -> console.fail(ExitCode.UNREACHABLE, message);
        };
    }

    static List<String> one(JsonNode answer) {
        var app = answer.path("app");
        return List.of(app.path("name").asText() + " " + app.path("version").asText() + " is "
                + app.path("state").asText());
    }

    static List<String> all(JsonNode answer) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("NAME", "VERSION", "STATE", "RESTARTS", "PROBLEM"));
        answer.path("apps")
                .valueStream()
                .forEach(app -> rows.add(List.of(app.path("name").asText(),
                        app.path("version").asText(), app.path("state").asText(),
                        app.path("restarts").asText(), app.path("problem").asText())));
        return rows.size() == 1 ? List.of("no workload is deployed") : Table.lines(rows);
    }
}
