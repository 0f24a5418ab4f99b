package io.macula.runtime.cli;

import io.macula.actors.wire.ProcedureName;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Answers calls with an expression or a program.
@Command(name = "serve", header = "Answer calls of PROCEDURE until Ctrl-C.", description = "With --expr, the result is calculated from the numbers of the argument, a "
        + "JSON object. With --exec, CMD is run by the shell for each call: the argument "
        + "on its stdin, the result, JSON, from its stdout; when it ends with another "
        + "exit code than 0, the first line of its stderr is the reason told to the "
        + "caller.")
final class ServeCommand implements Callable<Integer> {

    private final Console console;
    private final NodeStarter starter;

    @Parameters(paramLabel = "PROCEDURE", description = "for example calculator.add") String procedure = "";

    @ArgGroup(multiplicity = "1") Answering answering = new Answering();

    @Option(names = "--time-limit", paramLabel = "TIME", converter = TimeConverter.class, defaultValue = "10s", description = "How long CMD may run before it is ended (default: 10s).") Duration timeLimit = Duration
            .ofSeconds(10);

    @Mixin GatewayOptions gateway = new GatewayOptions();

    /// Where the answers come from: one of the two.
    static final class Answering {

        @Option(names = "--expr", paramLabel = "EXPR", required = true, description = "Numbers, names of the argument, + - * / %% and parentheses, "
                + "for example 'a+b'.")
        @Nullable String expression;

        @Option(names = "--exec", paramLabel = "CMD", required = true, description = "A shell command, for example 'jq .a+.b'.")
        @Nullable String command;
    }

    ServeCommand(Console console, NodeStarter starter) {
        this.console = console;
        this.starter = starter;
    }

    @Override
    public Integer call() {
        if (ProcedureName.parse(procedure) instanceof ProcedureName.Parsed.Invalid(var why)) {
            return console.fail(ExitCode.USAGE, why);
        }
        var handlers = new Handlers(console);
        return handlers.make(answering.expression, answering.command, timeLimit,
                handler -> new NodeRun(console, starter).asClient(gateway, (node, settings) -> {
                    var server = new ProcedureServer(console, procedure, handler);
                    return server.run(node, settings);
                }));
    }
}
