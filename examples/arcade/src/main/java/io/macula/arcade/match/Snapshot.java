package io.macula.arcade.match;

import io.macula.arcade.game.Game;
import io.macula.arcade.game.GameJson;
import io.macula.arcade.json.Json;
import java.util.List;

/// What the host of a match says in each tick: all that another node needs to go on. At most 2 KiB as JSON.
///
/// @param tick
///            grows with every snapshot of an authority, and over a change of authority by the time that was lost
/// @param standby
///            who goes on when the host falls silent; empty when there is nobody
/// @param acknowledged
///            by seat, the number of the last turn that was taken
public record Snapshot(Authority authority, long tick, String standby, List<Long> acknowledged,
        Game game) {

    /// In characters of JSON.
    public static final int CHARS_MAX = 4_096;

    public Snapshot {
        acknowledged = List.copyOf(acknowledged);
        if (acknowledged.size() != 2) {
            throw new IllegalArgumentException("two players play a match");
        }
    }

    /// Whether it comes after `other` in the history of the match.
    boolean isAfter(Snapshot other) {
        var order = authority.compareTo(other.authority);
        return order > 0 || (order == 0 && tick > other.tick);
    }

    public Json.Obj write() {
        return Json.object()
                .with("epoch", authority.epoch())
                .with("host", authority.node())
                .with("tick", tick)
                .with("standby", standby)
                .with("taken", Json.array(acknowledged, Json.Num::new))
                .with("game", GameJson.write(game));
    }

    public static Snapshot read(Json json) {
        var standby = json.text("standby", 64);
        return new Snapshot(
                new Authority(json.number("epoch", 1, Long.MAX_VALUE >> 1),
                        Player.requireNode(json.text("host", 64))),
                json.number("tick", 0, Long.MAX_VALUE >> 1),
                standby.isEmpty() ? standby : Player.requireNode(standby),
                json.list("taken", 2, Snapshot::readNumber), GameJson.read(json.get("game")));
    }

    private static long readNumber(Json json) {
        if (json instanceof Json.Num(var number) && number >= 0) {
            return number;
        }
        throw new Json.Malformed("'taken' holds numbers from 0 on");
    }
}
