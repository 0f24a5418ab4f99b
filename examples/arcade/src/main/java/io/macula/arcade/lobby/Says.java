package io.macula.arcade.lobby;

import io.macula.arcade.game.Rules;
import io.macula.arcade.json.Json;
import io.macula.arcade.match.Authority;
import io.macula.arcade.match.Pairing;
import io.macula.arcade.match.Player;
import io.macula.arcade.match.Result;
import io.macula.arcade.match.Snapshot;
import io.macula.arcade.matchmaking.Pulse;
import java.time.Duration;

/// What a page is told. Described in the module's README.
final class Says {

    private Says() {}

    private static Json.Obj say(String what) {
        return Json.object().with("say", what);
    }

    static Json.Obj welcome(String node, Guest guest) {
        return say("welcome").with("node", node)
                .with("player", guest.player())
                .with("name", guest.name())
                .with("width", Rules.WIDTH)
                .with("height", Rules.HEIGHT)
                .with("tickMillis", Rules.TICK.toMillis())
                .with("readyTicks", Rules.READY_TICKS)
                .with("ticksMax", Rules.TICKS_MAX);
    }

    /// Where the guest stands.
    static Json.Obj standing(Guest guest) {
        return switch (guest.state()) {
            case Guest.State.Idle() -> say("idle");
            case Guest.State.Looking(_) -> say("looking");
            case Guest.State.Asking(var bot, _) -> say("asking").with("bot", bot);
            case Guest.State.Waiting(var place, var of, _, var offered) -> say("queued")
                    .with("place", place)
                    .with("of", of)
                    .with("offer", offered);
            case Guest.State.Playing(var pairing, var seat) -> match(pairing, seat);
        };
    }

    private static Json.Obj match(Pairing pairing, int seat) {
        return say("match").with("match", pairing.match())
                .with("seat", seat)
                .with("names", Json.texts(pairing.players().stream().map(Player::name).toList()))
                .with("bot", pairing.player(1 - seat).isBot());
    }

    static Json.Obj arcade(Pulse pulse) {
        return say("arcade").with("nodes", pulse.nodes().size())
                .with("waiting", pulse.waiting())
                .with("playing", pulse.playing());
    }

    static Json.Obj frame(Snapshot snapshot) {
        return snapshot.write().with("say", "frame");
    }

    static Json.Obj lost(Duration silence) {
        return say("lost").with("millis", silence.toMillis());
    }

    static Json.Obj back(Authority authority, Duration silence) {
        return say("back").with("millis", silence.toMillis())
                .with("host", authority.node())
                .with("epoch", authority.epoch());
    }

    static Json.Obj over(Result result, int seat) {
        return result.write().with("say", "over").with("seat", seat);
    }

    static Json.Obj pong(long at) {
        return say("pong").with("at", at);
    }

    static Json.Obj replaced() {
        return say("replaced");
    }

    /// Something did not work: one sentence.
    static Json.Obj error(String text) {
        return say("error").with("text", text);
    }

    /// Something takes longer than it should: one sentence.
    static Json.Obj notice(String text) {
        return say("notice").with("text", text);
    }
}
