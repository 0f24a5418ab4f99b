package io.macula.arcade.match;

import io.macula.arcade.json.Json;

/// How a match ended.
///
/// @param epoch
///            under which it was reported; 0 when no host did
/// @param winner
///            the winner's seat, or -1 when there is none
public record Result(String match, long epoch, int winner, Reason reason) {

    /// In characters of JSON.
    public static final int CHARS_MAX = 256;

    /// Why it ended.
    public enum Reason {

        /// Somebody ran into a wall or a snake.
        CRASH,

        /// The time was up.
        TIME,

        /// A player left.
        LEFT,

        /// All nodes that could go on are gone.
        LOST
    }

    public Result {
        Pairing.requireId(match);
        if (winner < -1 || winner > 1) {
            throw new IllegalArgumentException("the winner is seat 0 or 1, or -1 for nobody");
        }
    }

    public Json.Obj write() {
        return Json.object()
                .with("match", match)
                .with("epoch", epoch)
                .with("winner", winner)
                .with("reason", reason.name());
    }

    public static Result read(Json json) {
        return new Result(json.text("match", 40), json.number("epoch", 0, Long.MAX_VALUE >> 1),
                (int) json.number("winner", -1, 1), Reason.valueOf(json.text("reason", 16)));
    }
}
