package io.macula.runtime.cli;

import io.macula.runtime.json.Json;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The commands below `state` that are about all of it at once.
final class StateCopyCommands {

    private StateCopyCommands() {}

    /// Compares two nodes.
    @Command(name = "diff", header = "Show what two nodes on this machine hold differently.", description = "Exit 1 when they do.")
    static final class Diff implements Callable<Integer> {

        private final Console console;

        @Parameters(index = "0", paramLabel = "NODE", description = "the folder of a node") String first = "";

        @Parameters(index = "1", paramLabel = "NODE", description = "the folder of another") String second = "";

        @Option(names = "--json", description = "Print one JSON object.") boolean json;

        Diff(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            return new StateDiff(console, json).run(Path.of(first), Path.of(second));
        }
    }

    /// Copies the store of a running node.
    @Command(name = "snapshot", header = "Copy what the node keeps on disk into the new folder DIR.")
    static final class Snapshot implements Callable<Integer> {

        private final Console console;

        @Parameters(paramLabel = "DIR", description = "a folder that does not exist yet") String to = "";

        @Mixin NodeOptions options = new NodeOptions();

        Snapshot(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            var path = Path.of(to).toAbsolutePath().normalize();
            var request = Json.object().put("do", "snapshot").put("path", path.toString());
            return new NodeAsker(console, options).run(node -> node.state(request),
                    StatePrinter::path);
        }
    }

    /// Takes a copy back.
    @Command(name = "restore", header = "Put the snapshot in DIR in the place of what a stopped node keeps.", description = "What the node kept is moved aside. When it starts it writes under a new name, "
            + "and takes from the other nodes what has changed since.")
    static final class Restore implements Callable<Integer> {

        private final Console console;

        @Parameters(paramLabel = "DIR", description = "a folder that 'state snapshot' wrote") String from = "";

        @Option(names = "--data-dir", paramLabel = "DIR", required = true, description = "The folder of the node, which must not run.")
        @Nullable String dataDir;

        @Option(names = "--json", description = "Print one JSON object.") boolean json;

        Restore(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            return new StateRestorer(console, json).run(Path.of(from),
                    Path.of(dataDir == null ? "" : dataDir));
        }
    }
}
