package io.macula.runtime.cli;

import io.macula.dht.sim.SimConfig;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Plays parts of Macula by themselves.
@Command(name = "sim", header = "Play a part of Macula by itself, without a mesh.", synopsisSubcommandLabel = "COMMAND", subcommands = {
    SimCommand.Supervision.class, SimCommand.Dht.class, SimCrdtCommand.class})
final class SimCommand {

    /// Plays supervision scenarios.
    @Command(name = "supervision", header = "Play supervision scenarios and print the traces.", description = "The file's form is described in docs/reference/scenarios.md.")
    static final class Supervision implements Callable<Integer> {

        private final Console console;

        @Parameters(paramLabel = "FILE", description = "Scenarios, with or without traces.") String file = "";

        @Option(names = "--check", description = "Compare with the traces of the file instead, print the first "
                + "difference, and fail on any.") boolean check;

        Supervision(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws InterruptedException {
            return new SupervisionSim(console).run(file, check);
        }
    }

    /// Plays a whole DHT.
    @Command(name = "dht", header = "Play a DHT of many nodes in virtual time, and measure it.", description = "The nodes are the product's own. The same options give the same "
            + "numbers and the same hash of all events on every run and machine; only the speed differs.")
    static final class Dht implements Callable<Integer> {

        private static final SimConfig USUAL = SimConfig.DEFAULT;

        private final Console console;

        @Option(names = "--nodes", paramLabel = "N", description = "Nodes alive at any time (default: 1000).") int nodes = USUAL
                .nodes();

        @Option(names = "--churn-per-hour", paramLabel = "SHARE", converter = FractionConverter.class, description = "Share of the nodes that leave without a word in an hour, each replaced "
                + "by a new one (default: 0).") double churnPerHour = USUAL.churnPerHour();

        @Option(names = "--loss", paramLabel = "SHARE", converter = FractionConverter.class, description = "Share of the messages that are lost, each way (default: 0).") double loss = USUAL
                .loss();

        @Option(names = "--hours", paramLabel = "H", description = "Virtual hours after the keys are stored (default: 0).") double hours = USUAL
                .hours();

        @Option(names = "--lookups", paramLabel = "N", description = "Node lookups to measure (default: 2000).") int lookups = USUAL
                .lookups();

        @Option(names = "--keys", paramLabel = "N", description = "Values stored at the start, and looked up each half hour (default: 500).") int keys = USUAL
                .keys();

        @Option(names = "--seed", paramLabel = "N", description = "Decides everything random (default: 1).") long seed = USUAL
                .seed();

        @Option(names = "--liars", paramLabel = "SHARE", converter = FractionConverter.class, description = "Share of the nodes that lie (default: 0).") double liars = USUAL
                .liars();

        @Option(names = "--paths", paramLabel = "N", description = "Disjoint paths of each lookup (default: 1, with liars 3).")
        @Nullable Integer paths;

        @Option(names = "--json", description = "Print one JSON object.") boolean json;

        @Option(names = "--check", description = "Exit 1 when a goal of docs/explanation/dht.md is missed.") boolean check;

        Dht(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            SimConfig config;
            try {
                config = new SimConfig(nodes, churnPerHour, loss, hours, lookups, keys, seed, liars,
                        paths == null ? SimConfig.pathsFor(liars) : paths);
            } catch (IllegalArgumentException e) {
                return console.fail(ExitCode.USAGE, "--" + e.getMessage());
            }
            return new DhtSim(console).run(config, json, check);
        }
    }
}
