package io.macula.runtime.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.Topics;
import io.macula.runtime.Node;
import io.macula.runtime.control.DhtAnswers;
import io.macula.runtime.cut.Cut;
import io.macula.runtime.json.Json;
import io.macula.runtime.trace.SpanJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/// Does what the console is told, on this node, as far as this node was started to allow it.
final class Deeds {

    /// How long a call may take: less than the consoles of other nodes wait.
    static final Duration CALL_PATIENCE = Duration.ofSeconds(5);

    private static final Duration TRACE_PATIENCE = Duration.ofSeconds(2);

    private static final Duration CUT_AFTER = Duration.ofMillis(400);

    private static final int RESULT_MAX = 20_000;

    private final Node node;
    private final Allowed allowed;
    private final String folder;
    private final AtomicInteger cuts = new AtomicInteger();

    Deeds(Node node, Allowed allowed, String folder) {
        this.node = node;
        this.allowed = allowed;
        this.folder = folder;
    }

    boolean allows(Deed deed) {
        return allowed.allows(deed.need());
    }

    static ObjectNode forbidden(Deed deed) {
        return refused("forbidden", deed.need() == Deed.Need.CHAOS
                ? "this node does not let itself be harmed; start it with --allow-chaos"
                : "this node is only to be looked at; start it with --allow-actions");
    }

    static ObjectNode refused(String code, String message) {
        return Json.object().put("ok", false).put("code", code).put("message", message);
    }

    ObjectNode perform(JsonNode request) {
        return switch (Deed.parse(request)) {
            case Deed.Parsed.Wrong(var message) -> refused("malformed", message);
            case Deed.Parsed.Ok(var deed) -> perform(deed);
        };
    }

    private ObjectNode perform(Deed deed) {
        var gateway = node.quicAddress().map(quic -> "127.0.0.1:" + quic.getPort()).orElse("");
        return (allows(deed) ? done(deed) : forbidden(deed))
                .put("command", new SameCommand(folder, gateway).of(deed));
    }

    private ObjectNode done(Deed deed) {
        return switch (deed) {
            case Deed.Lookup(var target) -> lookup(target);
            case Deed.Trace(var trace) -> trace(trace);
            case Deed.Publish(var topic, var payload) -> publish(topic, payload);
            case Deed.Call(var procedure, var argument) -> call(procedure, argument);
            case Deed.Restart(var path) -> happens(node.restart(path), path,
                    "nothing that can be restarted runs at ");
            case Deed.Crash(var path) -> happens(node.crash(path), path, "nothing runs at ");
            case Deed.Kill(var path) -> happens(node.kill(path), path,
                    "nothing that can be killed runs at ");
            case Deed.Partition partition -> node.cut()
                    .map(cut -> cut(cut, partition))
                    .orElseGet(() -> forbidden(deed));
            case Deed.Heal() -> node.cut().map(cut -> {
                cuts.incrementAndGet();
                cut.from(Set.of());
                return ok();
            }).orElseGet(() -> forbidden(deed));
        };
    }

    private static ObjectNode happens(boolean isDone, String path, String otherwise) {
        return isDone ? ok() : refused("not-found", otherwise + "'" + path + "'");
    }

    /// A moment later, so that whoever asked still hears the answer.
    private ObjectNode cut(Cut cut, Deed.Partition partition) {
        var number = cuts.incrementAndGet();
        later(CUT_AFTER, number, () -> cut.from(Set.copyOf(partition.others())));
        later(CUT_AFTER.plusSeconds(partition.seconds()), number, () -> cut.from(Set.of()));
        return ok();
    }

    /// Unless another cut or a healing has come between.
    private void later(Duration delay, int number, Runnable step) {
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS).execute(() -> {
            if (cuts.get() == number) {
                step.run();
            }
        });
    }

    private ObjectNode lookup(String target) {
        return node.discovery()
                .map(discovery -> new DhtAnswers(discovery)
                        .answer(Json.object().put("do", "lookup").put("key", target)))
                .orElseGet(() -> refused("unavailable", "this node takes no part in the DHT"));
    }

    private ObjectNode trace(String trace) {
        var answer = ok();
        var spans = answer.putArray("spans");
        node.traces()
                .findEverywhere(trace, TRACE_PATIENCE)
                .toCompletableFuture()
                .join()
                .forEach(span -> spans.add(SpanJson.of(span)));
        return answer;
    }

    private ObjectNode publish(String topic, String payload) {
        return switch (node.topics().publish(topic, Payload.of(payload))) {
            case Topics.Published.Sent() -> ok();
            case Topics.Published.Offline(var message) -> ok().put("note", message);
            case Topics.Published.Busy(var message) -> refused("busy", message);
            case Topics.Published.Invalid(var message) -> refused("malformed", message);
        };
    }

    private ObjectNode call(String procedure, String argument) {
        try {
            var began = System.nanoTime();
            var outcome = node.rpc()
                    .call(procedure, Payload.of(argument),
                            new Rpc.CallOptions(CALL_PATIENCE, false,
                                    Rpc.CallOptions.DEFAULT.choice()))
                    .toCompletableFuture()
                    .get(CALL_PATIENCE.toSeconds() + 1, TimeUnit.SECONDS);
            return outcome(outcome).put("ms", (System.nanoTime() - began) / 1_000_000.0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refused("failed", "the node stops");
        } catch (ExecutionException | TimeoutException e) {
            return refused("failed", "the call did not end: " + e.getMessage());
        }
    }

    private static ObjectNode outcome(Rpc.Outcome outcome) {
        return switch (outcome) {
            case Rpc.Outcome.Ok(var value) -> ok().put("result", shown(value));
            case Rpc.Outcome.NoSuchProcedure(var message) -> refused("not-found", message);
            case Rpc.Outcome.HandlerFailed(var message) -> refused("failed", message);
            case Rpc.Outcome.TimedOut(var message) -> refused("timeout", message);
            case Rpc.Outcome.Gone(var message) -> refused("failed", message);
            case Rpc.Outcome.Refused(var message) -> refused("malformed", message);
        };
    }

    private static String shown(Payload value) {
        var text = new String(value.toBytes(), StandardCharsets.UTF_8);
        return text.length() <= RESULT_MAX ? text : text.substring(0, RESULT_MAX) + "…";
    }

    private static ObjectNode ok() {
        return Json.object().put("ok", true);
    }
}
