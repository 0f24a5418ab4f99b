package io.macula.runtime.cli;

import io.macula.runtime.json.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What a running node knows of its Cluster.
@Command(name = "cluster", header = "Look at the Cluster of a node on this machine.", synopsisSubcommandLabel = "COMMAND", subcommands = {
    ClusterCommand.Members.class, ClusterCommand.Voters.class})
final class ClusterCommand {

    /// Shows who is there.
    @Command(name = "members", header = "Show the members of the Cluster, as this node sees them.", description = "For each: address, status, whether it can be reached, roles; which one is the "
            + "leader, and which one is the node that was asked.")
    static final class Members implements Callable<Integer> {

        private final Console console;

        @Option(names = "--data-dir", paramLabel = "DIR", description = "The node's folder (default: of the gateway or peer that runs).")
        @Nullable String dataDir;

        @Option(names = "--json", description = "Print one JSON object.") boolean json;

        Members(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            return new ClusterPrinter(console).run(dataDir, json);
        }
    }

    /// Shows who decides.
    @Command(name = "voters", header = "Show who votes in the coordination of the Cluster, as this node knows.")
    static final class Voters implements Callable<Integer> {

        private final Console console;

        @Mixin NodeOptions options = new NodeOptions();

        Voters(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            return new NodeAsker(console, options).run(
                    node -> node.coordination(Json.object().put("do", "voters")),
                    CoordinationPrinter::voters);
        }
    }
}
