package io.macula.arcade.matchmaking;

import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.arcade.MemoryState;
import io.macula.arcade.json.Json;
import io.macula.arcade.match.Player;
import io.macula.arcade.match.Result;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The matchmaker as its callers see it: text in, text out.
final class Desk {

    private final MemoryState state = new MemoryState();
    private String node = "a";

    /// A successor takes over on `node`.
    void movesTo(String node) {
        this.node = node;
    }

    static Player player(int number, String node) {
        return new Player(String.format("%016x", number), "P" + number, node);
    }

    Standing join(Player player) {
        return ask(new Request.Join(player), Standing::read);
    }

    Standing playBot(Player player) {
        return ask(new Request.PlayBot(player), Standing::read);
    }

    Standing leave(Player player) {
        return ask(new Request.Leave(player.id()), Standing::read);
    }

    Standing look(Player player) {
        return ask(new Request.Look(player.id()), Standing::read);
    }

    Result finish(Result result) {
        return ask(new Request.Finish(result), Result::read);
    }

    Pulse beat(String node, Player... players) {
        return beat(node, List.of(), List.of(), players);
    }

    Pulse beat(String node, List<Request.Hosted> hosted, List<String> matches,
            Player... players) {
        return ask(new Request.Beat(node, List.of(players).stream().map(Player::id).toList(),
                hosted, matches), Pulse::read);
    }

    Rpc.Answer raw(String text) {
        return state.handle(new Matchmaking(node), Payload.of(text));
    }

    String refusal(Request request) {
        return switch (raw(request.write().write())) {
            case Rpc.Answer.Failure(var reason) -> reason;
            case Rpc.Answer.Result(var value) -> throw new AssertionError(value.text());
        };
    }

    private <T> T ask(Request request, Function<Json, T> read) {
        return switch (raw(request.write().write())) {
            case Rpc.Answer.Failure(var reason) -> throw new AssertionError(reason);
            case Rpc.Answer.Result(var value) ->
                switch (Json.decode(value.text(), Pulse.CHARS_MAX, read)) {
                    case Json.Decoded.Read<T>(var answer) -> answer;
                    case Json.Decoded.Wrong<T>(var why) -> throw new AssertionError(why);
                };
        };
    }

    /// What is remembered, by name.
    int size(String name) {
        return state.everything().getOrDefault(name, Map.of()).size();
    }
}
