package io.macula.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.control.ControlClient;
import io.macula.runtime.control.ControlClient.Answer;
import io.macula.runtime.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// Asks a node of this machine, and prints what it says.
final class NodeAsker {

    /// A lookup among nodes of which many are gone takes seconds.
    static final Duration PATIENCE = Duration.ofSeconds(9);

    private final Console console;
    private final NodeOptions options;
    private final Duration patience;

    NodeAsker(Console console, NodeOptions options) {
        this(console, options, PATIENCE);
    }

    NodeAsker(Console console, NodeOptions options, Duration patience) {
        this.console = console;
        this.options = options;
        this.patience = patience;
    }

    /// Returns the exit code.
    ///
    /// @param lines what people see
    int run(Function<ControlClient, Answer> question, Function<JsonNode, List<String>> lines) {
        return switch (question.apply(client())) {
            case Answer.Ok(var answer) -> {
                show(answer, lines);
                yield ExitCode.OK.number();
            }
            case Answer.Bad bad -> failed(console, bad);
        };
    }

    ControlClient client() {
        return new ControlClient(folder(), patience);
    }

    Path folder() {
        return RunningFolder.of(console, options.dataDir, PATIENCE);
    }

    void show(JsonNode answer, Function<JsonNode, List<String>> lines) {
        if (options.json) {
            console.print(Json.write(((ObjectNode) answer).without("ok")));
        } else {
            lines.apply(answer).forEach(console::print);
        }
    }

    /// Says why there is no answer, and returns the exit code.
    static int failed(Console console, Answer.Bad bad) {
        return switch (bad) {
            case Answer.NobodyThere(var message) -> console.fail(ExitCode.NOT_FOUND, message);
            case Answer.Refused(var code, var message) -> console.fail(exitCode(code), message);
            case Answer.Failed(var message) -> console.fail(ExitCode.UNREACHABLE, message);
        };
    }

    private static ExitCode exitCode(String code) {
        return switch (code) {
            case "malformed" -> ExitCode.USAGE;
            case "not-found" -> ExitCode.NOT_FOUND;
            case "forbidden" -> ExitCode.NOT_AUTHORISED;
            case "timeout", "busy" -> ExitCode.UNREACHABLE;
            default -> ExitCode.FAILED;
        };
    }
}
