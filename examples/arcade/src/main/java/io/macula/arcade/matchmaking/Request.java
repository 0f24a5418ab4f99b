package io.macula.arcade.matchmaking;

import io.macula.arcade.json.Json;
import io.macula.arcade.match.Pairing;
import io.macula.arcade.match.Player;
import io.macula.arcade.match.Result;
import java.util.List;

/// What the matchmaker is asked. All of them may be asked again without harm.
public sealed interface Request {

    /// Wants to play; again: from another node, or by another name. Answered by a [Standing].
    record Join(Player player) implements Request {}

    /// Wants to play the bot. Answered by a [Standing].
    record PlayBot(Player player) implements Request {}

    /// Wants to play no longer; who leaves a match loses it. Answered by a [Standing].
    record Leave(String player) implements Request {}

    /// Where does this player stand? Answered by a [Standing].
    record Look(String player) implements Request {}

    /// A match has ended. Answered by the [Result] that is written: that of the first who said so.
    record Finish(Result result) implements Request {}

    /// A node is there, and a second has passed there. Answered by a [Pulse].
    ///
    /// @param players
    ///            whose pages are open on it
    /// @param hosted
    ///            what it runs
    /// @param matches
    ///            all that it knows of
    record Beat(String node, List<String> players, List<Hosted> hosted, List<String> matches)
            implements
                Request {
        public Beat {
            Player.requireNode(node);
            players = List.copyOf(players);
            hosted = List.copyOf(hosted);
            matches = List.copyOf(matches);
        }
    }

    /// A match that a node runs.
    record Hosted(String match, long epoch) {
        static Hosted read(Json json) {
            return new Hosted(Pairing.requireId(json.text("match", 40)),
                    json.number("epoch", 1, Long.MAX_VALUE >> 1));
        }

        Json.Obj write() {
            return Json.object().with("match", match).with("epoch", epoch);
        }
    }

    /// In characters of JSON.
    int CHARS_MAX = 8_192;

    default Json.Obj write() {
        return switch (this) {
            case Join(var player) -> asked("join").with("player", player.write());
            case PlayBot(var player) -> asked("bot").with("player", player.write());
            case Leave(var player) -> asked("leave").with("player", player);
            case Look(var player) -> asked("look").with("player", player);
            case Finish(var result) -> asked("finish").with("result", result.write());
            case Beat(var node, var players, var hosted, var matches) -> asked("beat")
                    .with("node", node)
                    .with("players", Json.texts(players))
                    .with("hosted", Json.array(hosted, Hosted::write))
                    .with("matches", Json.texts(matches));
        };
    }

    private static Json.Obj asked(String what) {
        return Json.object().with("ask", what);
    }

    /// @throws Json.Malformed when it is no request
    static Request read(Json json) {
        return switch (json.text("ask", 16)) {
            case "join" -> new Join(person(json));
            case "bot" -> new PlayBot(person(json));
            case "leave" -> new Leave(json.text("player", 16));
            case "look" -> new Look(json.text("player", 16));
            case "finish" -> new Finish(Result.read(json.get("result")));
            case "beat" -> new Beat(json.text("node", 64),
                    json.texts("players", Limits.PLAYERS_PER_NODE, 16),
                    json.list("hosted", Limits.ARENAS_PER_NODE, Hosted::read),
                    json.texts("matches", Limits.ARENAS_PER_NODE, 40));
            case String other -> throw new Json.Malformed("'" + other + "' cannot be asked");
        };
    }

    private static Player person(Json json) {
        var player = Player.read(json.get("player"));
        if (player.isBot() || player.node().isEmpty()) {
            throw new Json.Malformed("a player has an id and a node");
        }
        return player;
    }
}
