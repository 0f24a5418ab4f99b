package io.macula.runtime.cli;

import io.macula.actors.trace.Doing;
import io.macula.actors.wire.TopicName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Publishes one message.
@Command(name = "pub", header = "Publish one message on TOPIC.", description = "Whoever subscribes later does not see it.")
final class PubCommand implements Callable<Integer> {

    private final Console console;
    private final NodeStarter starter;

    @Parameters(index = "0", paramLabel = "TOPIC", description = "for example sensor.temp") String topic = "";

    @Parameters(index = "1", paramLabel = "JSON", description = "the payload, or - to read stdin") String payload = "";

    @Option(names = "--raw", description = "Send the payload as it is, whether JSON or not.") boolean raw;

    @Option(names = "--trace", description = "Record the message on every node it touches, and say under which trace.") boolean trace;

    @Mixin GatewayOptions gateway = new GatewayOptions();

    PubCommand(Console console, NodeStarter starter) {
        this.console = console;
        this.starter = starter;
    }

    @Override
    public Integer call() {
        if (TopicName.parse(topic) instanceof TopicName.Parsed.Invalid(var why)) {
            return console.fail(ExitCode.USAGE, why);
        }
        return new PayloadArgument(console).read(payload, raw,
                content -> new NodeRun(console, starter).asClient(gateway,
                        (node, settings) -> new Forced(console, trace, Doing.PUBLISH, topic).run(
                                node, () -> new Publisher(console, topic, content)
                                        .run(node, settings))));
    }
}
