package io.macula.runtime.cli;

import io.macula.app.Payload;
import io.macula.app.Rpc.CallOptions;
import io.macula.app.Rpc.Outcome;
import io.macula.runtime.Node;
import java.time.Duration;

/// Carries out `call`.
final class Caller {

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Console console;
    private final String procedure;
    private final Payload argument;
    private final Duration timeout;

    Caller(Console console, String procedure, Payload argument, Duration timeout) {
        this.console = console;
        this.procedure = procedure;
        this.argument = argument;
        this.timeout = timeout;
    }

    int run(Node node) {
        var calling = node.rpc()
                .call(procedure, argument, CallOptions.DEFAULT.withDeadline(timeout))
                .toCompletableFuture();
        return Waiting.until(console, calling, timeout.plus(GRACE))
                .map(this::show)
                .orElseGet(() -> console.fail(ExitCode.UNREACHABLE,
                        "gave up waiting for the answer of " + procedure));
    }

    private int show(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Ok(var value) -> {
                console.print(PayloadText.line(value));
                yield ExitCode.OK.number();
            }
            case Outcome.NoSuchProcedure(var message) ->
                console.fail(ExitCode.NOT_FOUND, message);
            case Outcome.HandlerFailed(var reason) ->
                console.fail(ExitCode.FAILED, procedure + " failed: " + reason);
            case Outcome.TimedOut(var message) -> console.fail(ExitCode.UNREACHABLE, message);
            case Outcome.Gone(var message) -> console.fail(ExitCode.UNREACHABLE, message);
            case Outcome.Refused(var message) -> console.fail(ExitCode.FAILED, message);
        };
    }
}
