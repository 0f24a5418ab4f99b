package io.macula.runtime.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.actors.dht.Discovery;
import io.macula.actors.dht.RealmKey;
import io.macula.app.Confirmation;
import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.Rpc.Outcome;
import io.macula.app.Rpc.Served;
import io.macula.app.TopicMessage;
import io.macula.app.Topics.Published;
import io.macula.app.Topics.Subscribed;
import io.macula.dht.lookup.Goal;
import io.macula.runtime.Node;
import io.macula.runtime.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Does with a node what it is told on a stream, one JSON object per line, and tells on another
/// what came of it. A request `{"n":1,"op":...}` is answered by `{"re":1,"ok":...}`; what happens
/// by itself is `{"event":...}`.
public final class Puppet {

    private static final Duration JOIN_PATIENCE = Duration.ofSeconds(40);

    private final Node node;
    private final PrintStream out;
    private final Function<String, Rpc.Handler> handlers;

    /// `handlers` makes the handler of an expression.
    public Puppet(Node node, PrintStream out, Function<String, Rpc.Handler> handlers) {
        this.node = node;
        this.out = out;
        this.handlers = handlers;
    }

    /// Obeys until `in` ends, then calls `whenAlone`: whoever held the strings is gone.
    public void start(InputStream in, Runnable whenAlone) {
        node.joined(JOIN_PATIENCE).thenAccept(this::tellJoined);
        // No virtual thread: one that waits for a pipe holds its carrier, and once two do so for long, none other runs.
        Thread.ofPlatform().daemon().name("puppet").start(() -> {
            try (var lines = new BufferedReader(
                    new InputStreamReader(in, StandardCharsets.UTF_8))) {
                lines.lines().forEach(this::obey);
            } catch (IOException | UncheckedIOException e) {
                tell(Json.object().put("event", "deaf").put("message", e.getMessage()));
            } finally {
                whenAlone.run();
            }
        });
    }

    private void tellJoined(Node.Joined joined) {
        var event = Json.object();
        switch (joined) {
            case Node.Joined.Connected(var peer) ->
                event.put("event", "joined").put("peer", peer.hex());
            case Node.Joined.Refused(var code, var message) ->
                event.put("event", "refused").put("code", code).put("message", message);
            case Node.Joined.Unreachable(var message) ->
                event.put("event", "unreachable").put("message", message);
        }
        tell(event);
    }

    private void obey(String line) {
        if (!(Json.parse(line) instanceof Json.Parsed.Value(var request))) {
            return;
        }
        var number = request.path("n").asInt();
        switch (request.path("op").asText()) {
            case "subscribe" -> subscribe(number, request.path("pattern").asText());
            case "publish" -> publish(number, request);
            case "call" -> call(number, request);
            case "serve" -> serve(number, request);
            case "peers" -> tellPeers(number);
            case "providers" -> node.discovery()
                    .ifPresentOrElse(discovery -> providers(number, discovery,
                            request.path("procedure").asText()),
                            () -> answer(number, "this node takes no part in the DHT"));
            default -> answer(number, "there is no such op");
        }
    }

    private void subscribe(int number, String pattern) {
        switch (node.topics().subscribe(pattern, this::tellMessage)) {
            case Subscribed.Invalid(var message) -> answer(number, message);
            case Subscribed.Active(var subscription) -> confirm(number, subscription.confirmed());
        }
    }

    private void tellMessage(TopicMessage message) {
        tell(Json.object()
                .put("event", "message")
                .put("topic", message.topic())
                .put("payload", message.payload().text()));
    }

    private void publish(int number, JsonNode request) {
        var published = node.topics()
                .publish(request.path("topic").asText(),
                        payload(request.path("payload")));
        switch (published) {
            case Published.Sent() -> answer(number, "");
            case Published.Busy(var message) -> answer(number, message);
            case Published.Invalid(var message) -> answer(number, message);
            case Published.Offline(var message) -> answer(number, message);
        }
    }

    private void call(int number, JsonNode request) {
        node.rpc()
                .call(request.path("procedure").asText(), payload(request.path("argument")),
                        Rpc.CallOptions.DEFAULT)
                .thenAccept(outcome -> {
                    switch (outcome) {
                        case Outcome.Ok(var value) -> tell(reply(number, true)
                                .put("value", value.text()));
                        case Outcome.NoSuchProcedure(var message) -> answer(number, message);
                        case Outcome.HandlerFailed(var reason) -> answer(number, reason);
                        case Outcome.TimedOut(var message) -> answer(number, message);
                        case Outcome.Gone(var message) -> answer(number, message);
                        case Outcome.Refused(var message) -> answer(number, message);
                    }
                });
    }

    private void serve(int number, JsonNode request) {
        var handler = handlers.apply(request.path("expression").asText());
        switch (node.rpc().serve(request.path("procedure").asText(), handler)) {
            case Served.Invalid(var message) -> answer(number, message);
            case Served.Active(var registration) -> confirm(number, registration.confirmed());
        }
    }

    private void tellPeers(int number) {
        var reply = reply(number, true);
        var peers = reply.putArray("peers");
        node.peers()
                .forEach(peer -> peers.addObject()
                        .put("id", peer.node().hex())
                        .put("path", peer.path()));
        tell(reply);
    }

    /// Whose records the DHT has for a procedure, past what this node remembers.
    private void providers(int number, Discovery discovery, String procedure) {
        var key = RealmKey.procedure(discovery.realm(), procedure);
        discovery.find(Goal.PROVIDERS, key.id(), 1).thenAccept(result -> {
            var reply = reply(number, true);
            var ids = reply.putArray("providers");
            result.records().forEach(signed -> ids.add(signed.publisher().hex()));
            tell(reply);
        });
    }

    private void confirm(int number, CompletionStage<Confirmation> confirmed) {
        confirmed.thenAccept(confirmation -> {
            switch (confirmation) {
                case Confirmation.Known() -> answer(number, "");
                case Confirmation.Refused(_, var message) -> answer(number, message);
            }
        });
    }

    private static Payload payload(JsonNode json) {
        return Payload.of(Json.write(json));
    }

    /// An empty problem is none.
    private void answer(int number, String problem) {
        tell(problem.isEmpty()
                ? reply(number, true)
                : reply(number, false).put("message", problem));
    }

    private static ObjectNode reply(int number, boolean isOk) {
        return Json.object().put("re", number).put("ok", isOk);
    }

    private void tell(ObjectNode line) {
        synchronized (out) {
            out.println(Json.write(line));
            out.flush();
        }
    }
}
