package io.macula.arcade.matchmaking;

import io.macula.arcade.json.Json;
import io.macula.arcade.match.Pairing;
import io.macula.arcade.match.Result;

/// Where a player stands.
public sealed interface Standing {

    /// Neither waits nor plays.
    record Idle() implements Standing {}

    /// Waits.
    ///
    /// @param place
    ///            from 1
    /// @param of
    ///            how many wait
    record Queued(int place, int of) implements Standing {}

    /// Plays.
    ///
    /// @param epoch
    ///            of the match, as far as the matchmaker has heard; 0 when nobody hosts it yet
    record Playing(Pairing pairing, long epoch) implements Standing {}

    /// Has just left a match, which ended so.
    record Left(Result result) implements Standing {}

    default Json.Obj write() {
        return switch (this) {
            case Idle() -> Json.object().with("standing", "idle");
            case Queued(var place, var of) ->
                Json.object().with("standing", "queued").with("place", place).with("of", of);
            case Playing(var pairing, var epoch) -> Json.object()
                    .with("standing", "playing")
                    .with("pairing", pairing.write())
                    .with("epoch", epoch);
            case Left(var result) ->
                Json.object().with("standing", "left").with("result", result.write());
        };
    }

    static Standing read(Json json) {
        return switch (json.text("standing", 16)) {
            case "idle" -> new Idle();
            case "queued" -> new Queued((int) json.number("place", 1, Limits.QUEUE),
                    (int) json.number("of", 1, Limits.QUEUE));
            case "playing" -> new Playing(Pairing.read(json.get("pairing")),
                    json.number("epoch", 0, Long.MAX_VALUE >> 1));
            case "left" -> new Left(Result.read(json.get("result")));
            case String other -> throw new Json.Malformed("'" + other + "' is no standing");
        };
    }
}
