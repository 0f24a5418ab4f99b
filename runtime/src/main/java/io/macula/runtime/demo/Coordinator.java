package io.macula.runtime.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.app.Payload;
import io.macula.app.Rpc.Answer;
import io.macula.app.Rpc.Served;
import io.macula.runtime.Node;
import io.macula.runtime.demo.Matchmaker.Match;
import io.macula.runtime.demo.Matchmaker.Player;
import io.macula.runtime.demo.Matchmaker.Step;
import io.macula.runtime.json.Json;
import java.util.function.Function;

/// Offers matchmaking to the realm: players register by a call, and a match is told on a topic.
public final class Coordinator {

    static final String REGISTER = "arcade.snake.register_player";
    static final String UNREGISTER = "arcade.snake.unregister_player";
    static final String MATCH_FOUND = "arcade.snake.match_found";

    private final Node node;
    private final Object lock = new Object();
    private Matchmaker players = Matchmaker.empty();

    private Coordinator(Node node) {
        this.node = node;
    }

    /// Serves as long as `node` runs.
    public static void open(Node node) {
        var coordinator = new Coordinator(node);
        coordinator.serve(REGISTER, coordinator::register);
        coordinator.serve(UNREGISTER, coordinator::unregister);
    }

    private void serve(String procedure, JsonHandler handler) {
        var served = node.rpc().serve(procedure, argument -> switch (Json.parse(argument.text())) {
            case Json.Parsed.Value(var json) -> handler.answer(json);
            case Json.Parsed.Malformed(var reason) -> new Answer.Failure(reason);
        });
        if (served instanceof Served.Invalid(var message)) {
            throw new IllegalStateException(message);
        }
    }

    /// Answers one request that is JSON.
    @FunctionalInterface
    private interface JsonHandler {
        Answer answer(JsonNode argument);
    }

    private Answer register(JsonNode argument) {
        var player = new Player(argument.path("player_id").asText(),
                argument.path("player_name").asText(), argument.path("node_id").asText());
        if (player.id().isEmpty() || player.nodeId().isEmpty()) {
            return new Answer.Failure("invalid_player");
        }
        return apply(before -> before.register(player));
    }

    private Answer unregister(JsonNode argument) {
        return apply(before -> before.unregister(argument.path("player_id").asText()));
    }

    private Answer apply(Function<Matchmaker, Step> request) {
        synchronized (lock) {
            return switch (request.apply(players)) {
                case Step.Refused(var reason) -> new Answer.Failure(reason);
                case Step.Accepted(var next, var match) -> {
                    players = next;
                    match.ifPresent(this::announce);
                    var status = Json.object()
                            .put("status",
                                    match.isPresent() ? "matched" : "waiting");
                    yield new Answer.Result(Payload.of(Json.write(status)));
                }
            };
        }
    }

    private void announce(Match match) {
        var event = Json.object().put("match_id", match.id()).put("host", match.host());
        event.putArray("players").add(json(match.first())).add(json(match.second()));
        node.topics().publish(MATCH_FOUND, Payload.of(Json.write(event)));
    }

    private static ObjectNode json(Player player) {
        return Json.object()
                .put("player_id", player.id())
                .put("player_name", player.name())
                .put("node_id", player.nodeId());
    }
}
