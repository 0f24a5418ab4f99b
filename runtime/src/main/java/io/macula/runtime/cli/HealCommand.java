package io.macula.runtime.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Takes cuts back.
@Command(name = "heal", header = "Let nodes on this machine that 'partition' cut off hear everybody again.")
final class HealCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "the folder of a node") List<String> folders = List
            .of();

    HealCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return new Partition(console).heal(folders);
    }
}
