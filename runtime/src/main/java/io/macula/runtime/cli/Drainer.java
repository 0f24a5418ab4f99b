package io.macula.runtime.cli;

import io.macula.runtime.config.TimeText;
import io.macula.runtime.control.ControlClient;
import io.macula.runtime.control.ControlClient.Answer;
import io.macula.runtime.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Carries out `node drain`.
final class Drainer {

    /// How long a node may take to stop after what ran is finished or left behind.
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(40);

    private final Console console;
    private final boolean json;

    Drainer(Console console, boolean json) {
        this.console = console;
        this.json = json;
    }

    int run(Path folder, Duration timeout) {
        var over = new CompletableFuture<Void>().completeOnTimeout(null,
                timeout.plus(STOP_PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
        var answer = new ControlClient(folder, timeout).drain(timeout,
                CompletableFuture.anyOf(over, console.stop()), this::tell);
        return switch (answer) {
            case Answer.Ok(var last) -> last.path("whole").asBoolean()
                    ? done()
                    : console.fail(ExitCode.UNREACHABLE, "the node has stopped, but not all it did"
                            + " was finished within " + TimeText.of(timeout)
                            + "; give it more with --timeout");
            case Answer.NobodyThere(var message) -> console.fail(ExitCode.NOT_FOUND, message);
            case Answer.Refused(_, var message) -> console.fail(ExitCode.FAILED, message);
            case Answer.Failed(var message) -> console.fail(over.isDone()
                    ? ExitCode.UNREACHABLE
                    : ExitCode.FAILED, message);
        };
    }

    private void tell(String step) {
        if (json) {
            console.print(Json.write(Json.object().put("step", step)));
        } else {
            console.say(step);
        }
    }

    private int done() {
        if (json) {
            console.print(Json.write(Json.object().put("drained", true)));
        }
        return ExitCode.OK.number();
    }
}
