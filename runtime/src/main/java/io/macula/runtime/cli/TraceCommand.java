package io.macula.runtime.cli;

import io.macula.actors.trace.TraceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows one trace, or the latest.
@Command(name = "trace", header = "Show what every node did for one request, or list the latest traces.", description = "Asks the nodes on this machine and those they talk to. Exit 3 if none of them knows "
        + "the trace. The times are those of each node's own clock.")
final class TraceCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(index = "0", paramLabel = "ID", arity = "0..1", description = "the trace, 32 hexadecimal digits (default: list the latest)")
    @Nullable String id;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "A node's folder; may be given several times (default: of the gateway and peer that run).") List<String> dataDirs = new ArrayList<>();

    @Option(names = "--json", description = "Print one JSON object for the trace, or one per line of the list.") boolean json;

    TraceCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (id != null && !TraceContext.isTraceId(id)) {
            return console.fail(ExitCode.USAGE, "'" + id
                    + "' is not the id of a trace, which has 32 lower-case hexadecimal digits");
        }
        var printer = new TracePrinter(console, json);
        var folders = RunningFolder.all(console, dataDirs, TracePrinter.PATIENCE);
        return id == null ? printer.list(folders) : printer.show(folders, id);
    }
}
