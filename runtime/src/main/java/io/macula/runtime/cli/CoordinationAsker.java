package io.macula.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.control.ControlClient;
import io.macula.runtime.control.ControlClient.Answer;
import io.macula.runtime.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Carries out `lock`, `leader` and `cluster voters`.
final class CoordinationAsker {

    private static final Duration PATIENCE = Duration.ofSeconds(9);

    private final Console console;

    CoordinationAsker(Console console) {
        this.console = console;
    }

    /// @param lines what people see
    int run(StateCommand.Common common, ObjectNode request,
            Function<JsonNode, List<String>> lines) {
        return switch (client(common).coordination(request)) {
            case Answer.Ok(var answer) -> {
                show(common, answer, lines);
                yield ExitCode.OK.number();
            }
            case Answer.NobodyThere(var message) -> console.fail(ExitCode.NOT_FOUND, message);
            case Answer.Refused(var code, var message) ->
                console.fail(StateAsker.exitCode(code), message);
            case Answer.Failed(var message) -> console.fail(ExitCode.UNREACHABLE, message);
        };
    }

    /// @param hold null until the user wants to end
    int lock(StateCommand.Common common, ObjectNode request, @Nullable Duration hold) {
        var stop = console.stop().copy();
        return switch (client(common).lock(request, stop, granted -> {
            show(common, granted, CoordinationAsker::granted);
            if (hold != null) {
                stop.completeOnTimeout(null, hold.toMillis(), TimeUnit.MILLISECONDS);
            }
        })) {
            case Answer.Ok _ -> ExitCode.OK.number();
            case Answer.NobodyThere(var message) -> console.fail(ExitCode.NOT_FOUND, message);
            case Answer.Refused(var code, var message) ->
                console.fail(StateAsker.exitCode(code), message);
            case Answer.Failed(var message) -> console.fail(ExitCode.UNREACHABLE, message);
        };
    }

    private ControlClient client(StateCommand.Common common) {
        return new ControlClient(RunningFolder.of(console, common.dataDir, PATIENCE), PATIENCE);
    }

    private void show(StateCommand.Common common, JsonNode answer,
            Function<JsonNode, List<String>> lines) {
        if (common.json) {
            console.print(Json.write(((ObjectNode) answer).without("ok")));
        } else {
            lines.apply(answer).forEach(console::print);
        }
    }

    private static List<String> granted(JsonNode answer) {
        return List.of("granted " + answer.path("lock").asText() + " fence "
                + answer.path("fence").asLong());
    }

    static List<String> leader(JsonNode answer) {
        return List.of(answer.path("leader").asText() + " fence " + answer.path("fence").asLong());
    }

    static List<String> voters(JsonNode answer) {
        var state = answer.path("state").asText();
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("VOTER", "ADDRESS", ""));
        answer.path("voters")
                .valueStream()
                .forEach(voter -> rows.add(List.of(
                        "%.8s".formatted(voter.path("id").asText()), voter.path("address").asText(),
                        !voter.path("self").asBoolean()
                                ? ""
                                : state.equals("leader") ? "this node, leads" : "this node")));
        var lines = new ArrayList<String>();
        if (rows.size() == 1) {
            lines.add("no group is known yet");
        } else {
            lines.addAll(Table.lines(rows));
        }
        var problem = answer.path("problem").asText();
        if (!problem.isEmpty()) {
            lines.add("this node cannot vote: " + problem);
        }
        return lines;
    }
}
