package io.macula.runtime.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Crashes a process of a running node on purpose.
@Command(name = "crash", header = "Crash a process of a node on this machine, to see it come back.", description = "Only a node that was started with --allow-chaos lets itself be harmed.")
final class CrashCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "PROCESS", description = "Its id, or its path in the tree: ids joined by '/'.") String process = "";

    @Option(names = "--data-dir", paramLabel = "DIR", description = "The node's folder (default: of the gateway or peer that runs).")
    @Nullable String dataDir;

    CrashCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return new Crasher(console, Crasher.Blow.CRASH).run(process, dataDir);
    }
}
