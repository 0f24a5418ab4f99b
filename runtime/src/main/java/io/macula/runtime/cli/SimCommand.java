package io.macula.runtime.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Plays parts of Macula by themselves.
@Command(name = "sim", header = "Play a part of Macula by itself, without a mesh.", synopsisSubcommandLabel = "COMMAND", subcommands = SimCommand.Supervision.class)
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
}
