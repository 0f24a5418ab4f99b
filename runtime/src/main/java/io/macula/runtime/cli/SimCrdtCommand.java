package io.macula.runtime.cli;

import io.macula.crdt.sim.Mutant;
import io.macula.crdt.sim.SimConfig;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Plays replicators.
@Command(name = "crdt", header = "Play replicated state on a few nodes in virtual time, with faults, and check it.", description = "The replicators are the product's own. The same options give the same "
        + "hash of all events on every run and machine.")
final class SimCrdtCommand implements Callable<Integer> {

    private static final SimConfig USUAL = SimConfig.DEFAULT;

    private final Console console;

    @Option(names = "--replicas", paramLabel = "N", description = "Nodes, 2 to 32 (default: 5).") int replicas = USUAL
            .replicas();

    @Option(names = "--ops", paramLabel = "N", description = "Updates in all (default: 20000).") int ops = USUAL
            .ops();

    @Option(names = "--loss", paramLabel = "SHARE", converter = FractionConverter.class, description = "Share of the frames that are lost, at most 0.9 (default: 0.2).") double loss = USUAL
            .loss();

    @Option(names = "--partitions", paramLabel = "N", description = "How often the network falls in two for some seconds (default: 10).") int partitions = USUAL
            .partitions();

    @Option(names = "--crashes", paramLabel = "N", description = "How often a node loses its memory and what was not on disk, and every fifth "
            + "time its disk (default: 10).") int crashes = USUAL.crashes();

    @Option(names = "--skew", paramLabel = "TIME", converter = TimeConverter.class, description = "Clocks are wrong by up to so much (default: 10m).") Duration skew = USUAL
            .skew();

    @Option(names = "--seed", paramLabel = "N", description = "Decides everything random (default: 1).") long seed = USUAL
            .seed();

    @Option(names = "--mutant", paramLabel = "BUG", converter = MutantConverter.class, description = "Plant a known bug, which the run must catch: full-context, reused-dot, "
            + "skipped-removal, full-state.") Mutant mutant = Mutant.NONE;

    @Option(names = "--json", description = "Print one JSON object.") boolean json;

    SimCrdtCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        SimConfig config;
        try {
            config = new SimConfig(replicas, ops, loss, partitions, crashes,
                    skew, seed, mutant, USUAL.replicator());
        } catch (IllegalArgumentException e) {
            return console.fail(ExitCode.USAGE, "nothing was simulated: " + e.getMessage());
        }
        return new CrdtSim(console).run(config, json);
    }
}
