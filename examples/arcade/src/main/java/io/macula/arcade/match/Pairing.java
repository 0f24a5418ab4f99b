package io.macula.arcade.match;

import io.macula.arcade.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Who plays whom, and where the match begins.
///
/// @param match
///            the match's id, one segment of a topic
/// @param players
///            two, by seat
/// @param host
///            the node that runs it first
/// @param standby
///            the node that goes on when the host falls silent; empty when there is none
public record Pairing(String match, List<Player> players, String host, String standby, long seed) {

    private static final int ID_MAX = 40;

    public Pairing {
        players = List.copyOf(players);
        if (players.size() != 2 || players.get(0).id().equals(players.get(1).id())) {
            throw new IllegalArgumentException("two players play a match");
        }
        requireId(match);
        Player.requireNode(host);
        if (!standby.isEmpty()) {
            Player.requireNode(standby);
        }
    }

    public static String requireId(String match) {
        if (!match.matches("[A-Za-z0-9-]{1," + ID_MAX + "}")) {
            throw new Json.Malformed("a match's id has 1 to " + ID_MAX + " letters and digits");
        }
        return match;
    }

    public Player player(int seat) {
        return players.get(seat);
    }

    /// The seat of the player `id`; empty when the match is none of theirs.
    public Optional<Integer> seatOf(String id) {
        for (var seat = 0; seat < players.size(); seat++) {
            if (player(seat).id().equals(id)) {
                return Optional.of(seat);
            }
        }
        return Optional.empty();
    }

    /// The nodes that run it, stand by, or show it to a player.
    public List<String> nodes() {
        var pages = players.stream().map(Player::node);
        return Stream.concat(Stream.of(host, standby), pages)
                .filter(node -> !node.isEmpty())
                .distinct()
                .toList();
    }

    public Json.Obj write() {
        return Json.object()
                .with("match", match)
                .with("players", Json.array(players, Player::write))
                .with("host", host)
                .with("standby", standby)
                .with("seed", seed);
    }

    public static Pairing read(Json json) {
        return new Pairing(json.text("match", ID_MAX), json.list("players", 2, Player::read),
                json.text("host", 64), json.text("standby", 64),
                json.number("seed", Long.MIN_VALUE, Long.MAX_VALUE));
    }
}
