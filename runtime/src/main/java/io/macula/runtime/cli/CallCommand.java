package io.macula.runtime.cli;

import io.macula.actors.trace.Doing;
import io.macula.actors.wire.ProcedureName;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Calls a procedure.
@Command(name = "call", header = "Call PROCEDURE and print its result.", description = "Exit 3 if nobody offers it, 1 with its own reason if it fails, 5 if no "
        + "answer comes.")
final class CallCommand implements Callable<Integer> {

    private final Console console;
    private final NodeStarter starter;

    @Parameters(index = "0", paramLabel = "PROCEDURE", description = "for example calculator.add") String procedure = "";

    @Parameters(index = "1", paramLabel = "JSON", arity = "0..1", defaultValue = "{}", description = "the argument, or - to read stdin (default: {})") String argument = "{}";

    @Option(names = "--timeout", paramLabel = "TIME", converter = TimeConverter.class, defaultValue = "5s", description = "How long to wait for the answer (default: 5s).") Duration timeout = Duration
            .ofSeconds(5);

    @Option(names = "--raw", description = "Send the argument as it is, whether JSON or not.") boolean raw;

    @Option(names = "--trace", description = "Record the call on every node it touches, and say under which trace.") boolean trace;

    @Mixin GatewayOptions gateway = new GatewayOptions();

    CallCommand(Console console, NodeStarter starter) {
        this.console = console;
        this.starter = starter;
    }

    @Override
    public Integer call() {
        if (timeout.compareTo(Duration.ofHours(1)) > 0) {
            return console.fail(ExitCode.USAGE, "--timeout has to be at most 1h");
        }
        if (ProcedureName.parse(procedure) instanceof ProcedureName.Parsed.Invalid(var why)) {
            return console.fail(ExitCode.USAGE, why);
        }
        return new PayloadArgument(console).read(argument, raw,
                content -> new NodeRun(console, starter).asClient(gateway,
                        (node, _) -> new Forced(console, trace, Doing.CALL, procedure).run(node,
                                () -> new Caller(console, procedure, content, timeout)
                                        .run(node))));
    }
}
