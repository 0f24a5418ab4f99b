package io.macula.runtime.cli;

import io.macula.actors.wire.TopicPattern;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Prints what is published.
@Command(name = "sub", header = "Print the messages whose topic matches PATTERN.", description = "One line per message: topic and payload. Ends with Ctrl-C.")
final class SubCommand implements Callable<Integer> {

    private final Console console;
    private final NodeStarter starter;

    @Parameters(paramLabel = "PATTERN", description = "for example 'sensor.*'; * is one segment, ** zero or more") String pattern = "";

    @Option(names = "--count", paramLabel = "N", description = "End after N messages.")
    @Nullable Integer count;

    @Option(names = "--timeout", paramLabel = "TIME", converter = TimeConverter.class, description = "End after this time; exit 5 if --count has not been reached.")
    @Nullable Duration timeout;

    @Option(names = "--json", description = "Print one JSON object per message: topic, pattern, payload.") boolean json;

    @Mixin GatewayOptions gateway = new GatewayOptions();

    SubCommand(Console console, NodeStarter starter) {
        this.console = console;
        this.starter = starter;
    }

    @Override
    public Integer call() {
        if (count != null && count < 1) {
            return console.fail(ExitCode.USAGE, "--count has to be at least 1");
        }
        if (TopicPattern.parse(pattern) instanceof TopicPattern.Parsed.Invalid(var why)) {
            return console.fail(ExitCode.USAGE, why);
        }
        var subscriber = new Subscriber(console, pattern, count == null ? 0 : count, timeout,
                json);
        return new NodeRun(console, starter).asClient(gateway, subscriber::run);
    }
}
