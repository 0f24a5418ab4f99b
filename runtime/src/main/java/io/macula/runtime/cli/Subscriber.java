package io.macula.runtime.cli;

import io.macula.app.Confirmation;
import io.macula.app.TopicMessage;
import io.macula.app.Topics.Subscribed;
import io.macula.runtime.Node;
import io.macula.runtime.config.Settings;
import io.macula.runtime.json.Json;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Carries out `sub`.
final class Subscriber {

    private static final Duration FOR_EVER = Duration.ofDays(3_650);

    private final Console console;
    private final String pattern;
    private final int count;
    private final @Nullable Duration timeout;
    private final boolean json;
    private final AtomicInteger printed = new AtomicInteger();
    private final CompletableFuture<ExitCode> ended = new CompletableFuture<>();

    /// A `count` of 0 never ends by itself.
    Subscriber(Console console, String pattern, int count, @Nullable Duration timeout,
            boolean json) {
        this.console = console;
        this.pattern = pattern;
        this.count = count;
        this.timeout = timeout;
        this.json = json;
    }

    int run(Node node, Settings settings) {
        return switch (node.topics().subscribe(pattern, this::print)) {
            case Subscribed.Invalid(var message) -> console.fail(ExitCode.USAGE, message);
            case Subscribed.Active(var subscription) -> {
                try (subscription) {
                    var confirmed = Waiting.until(console,
                            subscription.confirmed().toCompletableFuture(),
                            settings.connectTimeout());
                    yield confirmed.map(answer -> confirmed(node, answer))
                            .orElseGet(this::unconfirmed);
                }
            }
        };
    }

    private int confirmed(Node node, Confirmation confirmation) {
        return switch (confirmation) {
            case Confirmation.Refused(_, var message) -> console.fail(ExitCode.FAILED, message);
            case Confirmation.Known() -> {
                console.say("subscribed to " + pattern);
                yield await(node);
            }
        };
    }

    private int unconfirmed() {
        return console.stop().isDone()
                ? ExitCode.OK.number()
                : console.fail(ExitCode.UNREACHABLE,
                        "the gateway did not confirm the subscription in time");
    }

    private int await(Node node) {
        node.stopped().thenAccept(stopped -> {
            if (!stopped.isOnPurpose()) {
                console.fail(ExitCode.FAILED, "the node gave up: " + stopped.reason());
                ended.complete(ExitCode.FAILED);
            }
        });
        var code = Waiting.until(console, ended, timeout == null ? FOR_EVER : timeout);
        if (code.isEmpty() && count > 0 && !console.stop().isDone()) {
            return console.fail(ExitCode.UNREACHABLE, "only " + printed.get() + " of " + count
                    + " messages came in time");
        }
        return code.orElse(ExitCode.OK).number();
    }

    private void print(TopicMessage message) {
        if (ended.isDone()) {
            return;
        }
        var isRead = console.print(json
                ? Json.write(PayloadText.json(message))
                : message.topic() + " " + PayloadText.line(message.payload()));
        if (printed.incrementAndGet() == count || !isRead) {
            ended.complete(ExitCode.OK);
        }
    }
}
