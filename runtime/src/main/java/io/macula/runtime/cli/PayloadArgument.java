package io.macula.runtime.cli;

import io.macula.app.Payload;
import io.macula.runtime.json.Json;
import java.io.IOException;
import java.util.function.ToIntFunction;

/// Reads a payload from the command line or from stdin, and insists on JSON.
final class PayloadArgument {

    /// More than any frame takes; what is longer is refused by the node with its own limit.
    private static final int STDIN_BYTES_MAX = 17 << 20;

    private final Console console;

    PayloadArgument(Console console) {
        this.console = console;
    }

    /// Goes on with the payload, or fails with exit code 2.
    int read(String argument, boolean raw, ToIntFunction<Payload> goOn) {
        Payload payload;
        try {
            payload = argument.equals("-")
                    ? Payload.of(console.in().readNBytes(STDIN_BYTES_MAX))
                    : Payload.of(argument);
        } catch (IOException e) {
            return console.fail(ExitCode.FAILED, "stdin cannot be read: " + e.getMessage());
        }
        if (!raw && Json.parse(payload.text()) instanceof Json.Parsed.Malformed(var reason)) {
            return console.fail(ExitCode.USAGE, "the payload is not JSON: " + reason
                    + "; quote it for the shell, or send it as it is with --raw");
        }
        return goOn.applyAsInt(payload);
    }
}
