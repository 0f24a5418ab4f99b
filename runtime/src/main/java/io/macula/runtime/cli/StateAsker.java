package io.macula.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.control.ControlClient;
import io.macula.runtime.control.ControlClient.Answer;
import io.macula.runtime.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// Carries out the commands below `state`.
final class StateAsker {

    static final Duration PATIENCE = Duration.ofSeconds(9);

    private final Console console;

    StateAsker(Console console) {
        this.console = console;
    }

    /// @param lines what people see
    int run(StateCommand.Common common, ObjectNode request,
            Function<JsonNode, List<String>> lines) {
        var directory = RunningFolder.of(console, common.dataDir, PATIENCE);
        return switch (new ControlClient(directory, PATIENCE).state(request)) {
            case Answer.Ok(var answer) -> {
                if (common.json) {
                    console.print(Json.write(((ObjectNode) answer).without("ok")));
                } else {
                    lines.apply(answer).forEach(console::print);
                }
                yield ExitCode.OK.number();
            }
            case Answer.NobodyThere(var message) -> console.fail(ExitCode.NOT_FOUND, message);
            case Answer.Refused(var code, var message) -> console.fail(exitCode(code), message);
            case Answer.Failed(var message) -> console.fail(ExitCode.UNREACHABLE, message);
        };
    }

    static ExitCode exitCode(String code) {
        return switch (code) {
            case "malformed" -> ExitCode.USAGE;
            case "not-found" -> ExitCode.NOT_FOUND;
            case "timeout", "busy" -> ExitCode.UNREACHABLE;
            default -> ExitCode.FAILED;
        };
    }
}
