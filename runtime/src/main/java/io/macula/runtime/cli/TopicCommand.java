package io.macula.runtime.cli;

import io.macula.actors.wire.TopicPattern;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// What topics and patterns mean.
@Command(name = "topic", header = "Ask how topics and patterns are understood.", synopsisSubcommandLabel = "COMMAND", subcommands = TopicCommand.Match.class)
final class TopicCommand {

    /// Says whether a pattern matches a topic.
    @Command(name = "match", header = "Say whether PATTERN matches TOPIC: true or false.", description = "'*' stands for one segment, '**' for zero or more.")
    static final class Match implements Callable<Integer> {

        private final Console console;

        @Parameters(index = "0", paramLabel = "PATTERN", description = "for example 'sensor.*'") String pattern = "";

        @Parameters(index = "1", paramLabel = "TOPIC", description = "for example sensor.temp") String topic = "";

        Match(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            console.print(String.valueOf(TopicPattern.matches(pattern, topic)));
            return ExitCode.OK.number();
        }
    }
}
