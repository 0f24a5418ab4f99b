package io.macula.runtime.cli;

import io.macula.app.Confirmation;
import io.macula.app.Rpc.Handler;
import io.macula.app.Rpc.Served;
import io.macula.runtime.Node;
import io.macula.runtime.config.Settings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Carries out `serve`.
final class ProcedureServer {

    private static final Duration FOR_EVER = Duration.ofDays(3_650);

    private final Console console;
    private final String procedure;
    private final Handler handler;

    ProcedureServer(Console console, String procedure, Handler handler) {
        this.console = console;
        this.procedure = procedure;
        this.handler = handler;
    }

    int run(Node node, Settings settings) {
        return switch (node.rpc().serve(procedure, handler)) {
            case Served.Invalid(var message) -> console.fail(ExitCode.USAGE, message);
            case Served.Active(var registration) -> {
                try (registration) {
                    var confirmed = Waiting.until(console,
                            registration.confirmed().toCompletableFuture(),
                            settings.connectTimeout());
                    yield confirmed.map(answer -> confirmed(node, answer))
                            .orElseGet(this::unconfirmed);
                }
            }
        };
    }

    private int confirmed(Node node, Confirmation confirmation) {
        return switch (confirmation) {
            case Confirmation.Refused(_, var message) -> console.fail(ExitCode.FAILED, message);
            case Confirmation.Known() -> {
                console.say("serving " + procedure);
                yield await(node);
            }
        };
    }

    private int unconfirmed() {
        return console.stop().isDone()
                ? ExitCode.OK.number()
                : console.fail(ExitCode.UNREACHABLE,
                        "the gateway did not confirm the procedure in time");
    }

    private int await(Node node) {
        var gaveUp = new CompletableFuture<String>();
        node.stopped().thenAccept(stopped -> gaveUp.complete(stopped.reason()));
        return Waiting.until(console, gaveUp, FOR_EVER)
                .map(reason -> console.fail(ExitCode.FAILED, "the node gave up: " + reason))
                .orElse(ExitCode.OK.number());
    }
}
