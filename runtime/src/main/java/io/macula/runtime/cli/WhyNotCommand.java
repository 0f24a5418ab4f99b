package io.macula.runtime.cli;

import io.macula.actors.wire.ProcedureName;
import io.macula.actors.wire.TopicName;
import io.macula.runtime.why.Matter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says where the way of a message or call ends.
@Command(name = "why-not", header = "Say why a topic's messages do not arrive, or a service does not answer.", description = "Goes the way from a node on this machine: realm, subscription or offer, DHT record, "
        + "path, last delivery or answer. Exit 0 if all is well, 1 if a step fails, 3 if no node is running.")
final class WhyNotCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(index = "0", paramLabel = "KIND", description = "topic or service") String kind = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "for example sensor.temp, or calculator.add") String name = "";

    @Option(names = "--data-dir", paramLabel = "DIR", description = "The folder of a node to go from; may be given several times (default: of the gateway and peer that run).") List<String> dataDirs = new ArrayList<>();

    @Option(names = "--json", description = "Print one JSON object per node.") boolean json;

    WhyNotCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var asked = Matter.Kind.of(kind);
        if (asked.isEmpty()) {
            return console.fail(ExitCode.USAGE,
                    "'" + kind + "' is neither 'topic' nor 'service'");
        }
        var complaint = complaint(asked.get(), name);
        if (complaint.isPresent()) {
            return console.fail(ExitCode.USAGE, complaint.get());
        }
        return new WhyNotPrinter(console, json).run(
                RunningFolder.all(console, dataDirs, WhyNotPrinter.PATIENCE),
                new Matter(asked.get(), name));
    }

    private static Optional<String> complaint(Matter.Kind kind, String name) {
        return switch (kind) {
            case TOPIC -> TopicName.parse(name) instanceof TopicName.Parsed.Invalid(var why)
                    ? Optional.of(why)
                    : Optional.empty();
            case SERVICE ->
                ProcedureName.parse(name) instanceof ProcedureName.Parsed.Invalid(var why)
                        ? Optional.of(why)
                        : Optional.empty();
        };
    }
}
