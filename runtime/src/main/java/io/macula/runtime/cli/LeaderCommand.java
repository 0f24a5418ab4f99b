package io.macula.runtime.cli;

import io.macula.runtime.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Shows who leads.
@Command(name = "leader", header = "Show who leads the election NAME in the Cluster of a node on this machine.", description = "A majority of the voters is asked; exit 3 when nobody leads, 5 when there is no majority.")
final class LeaderCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "NAME", description = "the name of an election") String name = "";

    @Mixin NodeOptions options = new NodeOptions();

    LeaderCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return new NodeAsker(console, options).run(
                node -> node.coordination(Json.object().put("do", "leader").put("name", name)),
                CoordinationPrinter::leader);
    }
}
