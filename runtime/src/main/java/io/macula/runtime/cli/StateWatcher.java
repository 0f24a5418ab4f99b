package io.macula.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.control.ControlClient;
import io.macula.runtime.control.ControlClient.Answer;
import io.macula.runtime.json.Json;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Carries out `state watch`.
final class StateWatcher {

    private final Console console;
    private final boolean json;
    private final int count;
    private final @Nullable Duration timeout;
    private int printed;

    /// A `count` of 0 never ends by itself.
    StateWatcher(Console console, boolean json, int count, @Nullable Duration timeout) {
        this.console = console;
        this.json = json;
        this.count = count;
        this.timeout = timeout;
    }

    int run(@Nullable String dataDir, ObjectNode request) {
        var directory = RunningFolder.of(console, dataDir, NodeAsker.PATIENCE);
        var stop = console.stop().copy();
        if (timeout != null) {
            stop.completeOnTimeout(null, timeout.toMillis(), TimeUnit.MILLISECONDS);
        }
        return switch (new ControlClient(directory, NodeAsker.PATIENCE).watchState(request, stop,
                this::print)) {
            case Answer.Ok _ -> ended(stop);
            case Answer.Bad bad -> NodeAsker.failed(console, bad);
        };
    }

    private int ended(CompletableFuture<Void> stop) {
        var isShort = stop.isDone() && !console.stop().isDone() && printed < count;
        return isShort
                ? console.fail(ExitCode.UNREACHABLE,
                        "only " + printed + " of " + count + " changes came in time")
                : ExitCode.OK.number();
    }

    private boolean print(JsonNode line) {
        var isRead = console.print(json ? Json.write(line) : StatePrinter.change(line));
        printed++;
        return isRead && printed != count;
    }
}
