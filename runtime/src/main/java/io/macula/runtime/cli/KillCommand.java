package io.macula.runtime.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Kills a process of a running node.
@Command(name = "kill", header = "Kill a process of a node on this machine with all below it, without its cleanup.", description = "Only a node that was started with --allow-chaos lets itself be harmed.")
final class KillCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "PROCESS", description = "Its id, or its path in the tree: ids joined by '/'.") String process = "";

    @Option(names = "--data-dir", paramLabel = "DIR", description = "The node's folder (default: of the gateway or peer that runs).")
    @Nullable String dataDir;

    KillCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return new Crasher(console, Crasher.Blow.KILL).run(process, dataDir);
    }
}
