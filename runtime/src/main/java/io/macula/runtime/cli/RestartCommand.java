package io.macula.runtime.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Restarts a process of a running node.
@Command(name = "restart", header = "Stop a process of a node on this machine by its own rule, and start it again.", description = "Counts against no restart limit. What its supervisor would forget is not restarted.")
final class RestartCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "PROCESS", description = "Its id, or its path in the tree: ids joined by '/'.") String process = "";

    @Option(names = "--data-dir", paramLabel = "DIR", description = "The node's folder (default: of the gateway or peer that runs).")
    @Nullable String dataDir;

    RestartCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return new Crasher(console, Crasher.Blow.RESTART).run(process, dataDir);
    }
}
