package io.macula.runtime.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows what happens on nodes just now, again and again.
@Command(name = "top", header = "Show what happens on nodes of this machine, until Ctrl-C.", description = "Messages and calls per second, what share fails, how long calls take (of the last ten "
        + "seconds), links, memory, and the busiest topics and procedures.")
final class TopCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(arity = "0..*", paramLabel = "NODE", description = "Folders of nodes, or their names there, such as gateway or peer (default: of the gateway or peer that runs).")
    @Nullable List<String> nodes;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "The folder of one node, instead of NODE.")
    @Nullable String dataDir;

    @Option(names = "--interval", paramLabel = "TIME", converter = TimeConverter.class, defaultValue = "1s", description = "How often it looks (default: ${DEFAULT-VALUE}).") Duration interval = Duration
            .ofSeconds(1);

    @Option(names = "--once", description = "Look once and end.") boolean once;

    @Option(names = "--json", description = "Print one JSON object for each node at each look.") boolean json;

    TopCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var folders = nodes == null || nodes.isEmpty() || dataDir != null
                ? List.of(RunningFolder.of(console, dataDir, TopPrinter.PATIENCE))
                : nodes.stream().map(word -> NamedNode.folder(console, word)).toList();
        var printer = new TopPrinter(console, folders, json);
        return once ? printer.once() : printer.untilStopped(interval);
    }
}
