package io.macula.arcade.matchmaking;

import io.macula.arcade.json.Json;
import io.macula.arcade.match.Pairing;
import io.macula.arcade.match.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the matchmaker answers to a node's beat.
///
/// @param nodes
///            that are alive, the one that hosts least first
/// @param waiting
///            players in the queue
/// @param playing
///            matches that run
/// @param players
///            where those of the beating node stand who are not idle
/// @param begin
///            what the node is to host and nobody hosts yet
/// @param over
///            results of those matches the node knows of that have ended
public record Pulse(List<String> nodes, int waiting, int playing, Map<String, Standing> players,
        List<Pairing> begin, List<Result> over) {

    /// In characters of JSON.
    public static final int CHARS_MAX = 65_536;

    public Pulse {
        nodes = List.copyOf(nodes);
        players = Map.copyOf(players);
        begin = List.copyOf(begin);
        over = List.copyOf(over);
    }

    public Json.Obj write() {
        return Json.object()
                .with("nodes", Json.texts(nodes))
                .with("waiting", waiting)
                .with("playing", playing)
                .with("players", Json.array(players.entrySet(),
                        entry -> entry.getValue().write().with("player", entry.getKey())))
                .with("begin", Json.array(begin, Pairing::write))
                .with("over", Json.array(over, Result::write));
    }

    public static Pulse read(Json json) {
        var players = new LinkedHashMap<String, Standing>();
        json.list("players", Limits.PLAYERS_PER_NODE, entry -> players
                .put(entry.text("player", 16), Standing.read(entry)) == null);
        return new Pulse(json.texts("nodes", Limits.NODES, 64),
                (int) json.number("waiting", 0, Limits.QUEUE),
                (int) json.number("playing", 0, Limits.MATCHES), players,
                json.list("begin", Limits.MATCHES, Pairing::read),
                json.list("over", Limits.ARENAS_PER_NODE, Result::read));
    }
}
