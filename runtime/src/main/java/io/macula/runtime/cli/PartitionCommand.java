package io.macula.runtime.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Cuts running nodes from each other.
@Command(name = "partition", header = "Cut nodes on this machine from each other, as a broken cable would.", description = "Each node of a SIDE stops hearing those of all other sides: links, Cluster and votes. Only nodes that were started with --allow-chaos let themselves be harmed.")
final class PartitionCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "SIDE", arity = "2..*", description = "the folders of the nodes on one side, separated by commas") List<String> sides = List
            .of();

    PartitionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return new Partition(console).between(sides);
    }
}
