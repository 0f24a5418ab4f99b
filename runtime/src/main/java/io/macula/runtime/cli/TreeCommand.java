package io.macula.runtime.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Shows the supervision tree of a running node.
@Command(name = "tree", header = "Show the live supervision tree of a node on this machine.", description = "For each process: strategy, state, how often it has been started, "
        + "restarts in the window of its limit, uptime, and why it ended last.")
final class TreeCommand implements Callable<Integer> {

    private final Console console;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "The node's folder (default: of the gateway or peer that runs).")
    @Nullable String dataDir;

    @Option(names = "--json", description = "Print one nested JSON object.") boolean json;

    TreeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return new TreePrinter(console).run(dataDir, json);
    }
}
