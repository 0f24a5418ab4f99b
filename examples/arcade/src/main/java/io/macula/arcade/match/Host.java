package io.macula.arcade.match;

import io.macula.arcade.game.Bot;
import io.macula.arcade.game.Game;
import io.macula.arcade.game.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Runs a match. Pure. Once a tick the game moves on and everybody is told; once a second the standby is called, and when the game is over the
/// result is reported.
///
/// @param acknowledged
///            by seat, the number of the last turn that was taken
/// @param tickedAt
///            when the last tick was
record Host(Pairing pairing, Authority authority, long tick, String standby,
        List<Long> acknowledged, Game game, Instant tickedAt) {

    private static final Duration TICK_LEAST = Rules.TICK.multipliedBy(2).dividedBy(5);
    private static final long SECOND = 20;
    private static final long GAP_MAX = 64;

    record Step(Host next, List<Effect> effects) {}

    Host {
        acknowledged = List.copyOf(acknowledged);
    }

    /// The first host of a match.
    static Host first(Pairing pairing, Instant now) {
        return new Host(pairing, new Authority(1, pairing.host()), 0, pairing.standby(),
                List.of(0L, 0L), Game.start(pairing.seed()), now);
    }

    /// Goes on from `last`, under an authority of its own.
    static Host from(Snapshot last, Pairing pairing, Authority authority, long tick, String standby,
            Instant now) {
        return new Host(pairing, authority, tick, standby, last.acknowledged(), last.game(), now);
    }

    /// One tick; nothing when the last one was just now, as after a pause of the process.
    Step tick(Instant now) {
        if (Duration.between(tickedAt, now).compareTo(TICK_LEAST) < 0) {
            return new Step(this, List.of());
        }
        var next = new Host(pairing, authority, tick + 1, standby, acknowledged,
                withBots().step(), now);
        var effects = new ArrayList<Effect>();
        effects.add(new Effect.Publish(next.snapshot()));
        if (next.tick % SECOND == 1 && !standby.isEmpty()) {
            effects.add(new Effect.Call(standby, pairing));
        }
        if (next.game.isOver() && (!game.isOver() || next.tick % SECOND == 0)) {
            effects.add(new Effect.Report(next.result()));
        }
        return new Step(next, effects);
    }

    Snapshot snapshot() {
        return new Snapshot(authority, tick, standby, acknowledged, game);
    }

    private Game withBots() {
        var moved = game;
        for (var seat = 0; seat < 2 && game.movesNext(); seat++) {
            if (pairing.player(seat).isBot()) {
                moved = moved.turn(seat, Bot.choose(game, seat));
            }
        }
        return moved;
    }

    private Result result() {
        var isTime = game.snakes().stream().allMatch(snake -> snake.isAlive());
        return new Result(pairing.match(), authority.epoch(), game.outcome().winner(),
                isTime ? Result.Reason.TIME : Result.Reason.CRASH);
    }

    /// Takes those turns that it has not taken before.
    Host turns(Turns turns) {
        var taken = acknowledged.get(turns.seat());
        if (turns.first() > taken + GAP_MAX) {
            return this;
        }
        var turned = game;
        var number = turns.first();
        for (var way : turns.ways()) {
            if (number > taken) {
                turned = turned.turn(turns.seat(), way);
                taken = number;
            }
            number++;
        }
        var all = new ArrayList<>(acknowledged);
        all.set(turns.seat(), taken);
        return new Host(pairing, authority, tick, standby, all, turned, tickedAt);
    }

    Host withStandby(String node) {
        return new Host(pairing, authority, tick, node, acknowledged, game, tickedAt);
    }
}
