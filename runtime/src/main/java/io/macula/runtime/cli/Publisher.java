package io.macula.runtime.cli;

import io.macula.app.Payload;
import io.macula.app.Topics.Receipt;
import io.macula.runtime.Node;
import io.macula.runtime.config.Settings;
import java.time.Duration;

/// Carries out `pub`: publishes once, and waits until the gateway has taken the message.
final class Publisher {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Console console;
    private final String topic;
    private final Payload payload;

    Publisher(Console console, String topic, Payload payload) {
        this.console = console;
        this.topic = topic;
        this.payload = payload;
    }

    int run(Node node, Settings settings) {
        var receipt = node.topics()
                .publishWithReceipt(topic, payload, PATIENCE)
                .toCompletableFuture()
                .join();
        return switch (receipt) {
            case Receipt.Taken(var subscribers) -> {
                console.say("sent to " + subscribers
                        + (subscribers == 1 ? " subscriber" : " subscribers"));
                yield ExitCode.OK.number();
            }
            case Receipt.Refused(var message) -> console.fail(ExitCode.USAGE, message);
            case Receipt.Unanswered(var message) -> console.fail(ExitCode.UNREACHABLE,
                    message + "; the message may or may not have been sent");
        };
    }
}
