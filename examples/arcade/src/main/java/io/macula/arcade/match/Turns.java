package io.macula.arcade.match;

import io.macula.arcade.game.Direction;
import io.macula.arcade.json.Json;
import java.util.List;

/// Turns of one player on their way to the host. Numbered, and sent again until a snapshot says that they were taken, since a
/// message may be lost; the host takes each number once.
///
/// @param first
///            the number of the first of `ways`, from 1
public record Turns(int seat, long first, List<Direction> ways) {

    /// Turns on their way at a time.
    public static final int AHEAD_MAX = 8;

    public Turns {
        ways = List.copyOf(ways);
        if (seat < 0 || seat > 1 || first < 1 || ways.size() > AHEAD_MAX) {
            throw new IllegalArgumentException("turns have a seat, a number and few ways");
        }
    }

    public Json.Obj write() {
        return Json.object()
                .with("seat", seat)
                .with("first", first)
                .with("ways", Direction.write(ways));
    }

    public static Turns read(Json json) {
        return new Turns((int) json.number("seat", 0, 1),
                json.number("first", 1, Long.MAX_VALUE >> 1),
                Direction.parse(json.text("ways", AHEAD_MAX)));
    }
}
