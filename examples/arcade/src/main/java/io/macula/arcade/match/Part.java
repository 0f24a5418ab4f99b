package io.macula.arcade.match;

import io.macula.arcade.game.Direction;
import io.macula.arcade.game.Game;
import io.macula.arcade.game.Rules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that one node has to do with one match. Pure: what happens goes in, with the time it happens at, and what is to be done comes out.
///
/// Every part follows the match. One hosts it, one stands by; the host names the standby in each snapshot. A standby that has missed ten
/// ticks goes on under the next epoch. Whoever hears of a higher authority follows that one, and a host that does so stands down: no link has to time out
/// and nobody has to be asked.
///
/// @param nodes
///            those that are known to be alive, of which a host chooses its standby
/// @param ticks
///            of this node
public record Part(String me, Pairing pairing, Follower follower, Role role, List<String> nodes,
        List<Pending> pending, long ticks) {

    private static final int SECOND_TICKS = 20;
    private static final int AGAIN_TICKS = 3;
    private static final int ANNOUNCE_TICKS = 4;
    private static final int CLOSING_TICKS = 60;

    /// What becomes of a part, and what is to be done.
    public record Step(Part next, List<Effect> effects) {
        public Step {
            effects = List.copyOf(effects);
        }
    }

    public Part {
        nodes = List.copyOf(nodes);
        pending = List.copyOf(pending);
    }

    /// A part at the beginning of its match, or that joins later.
    ///
    /// @param begins
    ///            whether this node, when it is the pairing's host, is to begin the match
    /// @param last
    ///            what this node knew of the match before a crash
    public static Part of(String me, Pairing pairing, boolean begins, @Nullable Snapshot last,
            Instant now) {
        var nodes = pairing.players().stream().map(Player::node).filter(n -> !n.isEmpty()).toList();
        var fresh = new Part(me, pairing, Follower.of(now), new Role.Watching(), nodes,
                List.of(Pending.of(0), Pending.of(1)), 0);
        if (last != null) {
            return fresh.resumed(last, now);
        }
        if (begins && pairing.host().equals(me)) {
            return fresh.with(new Role.Hosting(Host.first(pairing, now)));
        }
        return pairing.standby().equals(me)
                ? fresh.with(new Role.StandingBy(Standby.of(now)))
                : fresh;
    }

    private Part resumed(Snapshot last, Instant now) {
        var follower = this.follower.heard(last, now).next();
        var known = new Part(me, pairing, follower, role, nodes, pending, ticks);
        if (last.authority().node().equals(me)) {
            return known.with(new Role.Hosting(Host.from(last, pairing, last.authority(),
                    last.tick(), last.standby(), now)));
        }
        return last.standby().equals(me)
                ? known.with(new Role.StandingBy(Standby.of(now).heard(last)))
                : known;
    }

    public boolean isHost() {
        return role instanceof Role.Hosting;
    }

    public boolean isOver() {
        return role instanceof Role.Closing;
    }

    /// The highest authority that is known here; epoch 0 when there is none yet.
    public Authority authority() {
        return role instanceof Role.Hosting(var host) ? host.authority() : follower.authority();
    }

    /// A twentieth of a second has passed.
    public Step tick(Instant now) {
        var before = new Part(me, pairing, follower, role, nodes, pending, ticks + 1);
        return switch (role) {
            case Role.Watching() -> before.watch(now);
            case Role.StandingBy(var standby) -> before.standBy(standby.tick(now), now);
            case Role.Hosting(var host) -> before.host(host.tick(now), now);
            case Role.Closing(var result, var announces, var left) -> before.close(result,
                    announces, left);
        };
    }

    /// Once a second, even when there is nothing to say, so that the ways of the topics stay known.
    private Step watch(Instant now) {
        var followed = follower.tick(now);
        var effects = new ArrayList<>(followed.effects());
        var isSecond = ticks % SECOND_TICKS == 0;
        for (var some : pending) {
            var isHere = pairing.player(some.seat()).node().equals(me);
            if (some.ways().isEmpty() ? isSecond && isHere : ticks % AGAIN_TICKS == 0) {
                effects.add(new Effect.Steer(some.turns()));
            }
        }
        if (isSecond && role instanceof Role.StandingBy) {
            effects.add(new Effect.Ready(me));
        }
        return new Step(with(followed.next()), effects);
    }

    private Step standBy(Standby standby, Instant now) {
        if (!standby.isDue()) {
            return with(new Role.StandingBy(standby)).watch(now);
        }
        var authority = new Authority(follower.authority().epoch() + 1, me);
        var lost = follower.authority().node().isEmpty()
                ? pairing.host()
                : follower.authority().node();
        var hosting = with(new Role.Hosting(successor(standby, authority, chosen(lost), now)));
        var step = hosting.tick(now);
        return new Step(step.next(), joined(List.of(new Effect.TookOver(authority)),
                step.effects()));
    }

    /// Goes on from the latest that is known, at the tick the lost host would be at by now.
    private Host successor(Standby standby, Authority authority, String next, Instant now) {
        var last = follower.shown();
        if (last == null) {
            last = new Snapshot(authority, 0, next, List.of(0L, 0L), Game.start(pairing.seed()));
        }
        var heard = standby.last() == null ? 0 : standby.last().tick();
        var missed = standby.silence().dividedBy(Rules.TICK);
        return Host.from(last, pairing, authority, Math.max(last.tick(), heard) + missed, next,
                now.minus(Rules.TICK));
    }

    /// A node to stand by: alive, and neither this one nor the one that was lost; empty when there is none.
    private String chosen(String lost) {
        return nodes.stream()
                .filter(node -> !node.equals(me) && !node.equals(lost))
                .findFirst()
                .orElse("");
    }

    private Step host(Host.Step hosted, Instant now) {
        var next = with(new Role.Hosting(hosted.next()));
        if (hosted.effects().isEmpty()) {
            return next.watch(now);
        }
        var shown = next.followed(hosted.next().snapshot(), now);
        var watched = shown.next().watch(now);
        return new Step(watched.next(),
                joined(hosted.effects(), joined(shown.effects(), watched.effects())));
    }

    private Step close(Result result, boolean announces, int left) {
        var effects = new ArrayList<Effect>();
        if (announces && left % ANNOUNCE_TICKS == 0) {
            effects.add(new Effect.Announce(result));
        }
        if (left <= 0) {
            effects.add(new Effect.Close());
        }
        return new Step(with(new Role.Closing(result, announces, left - 1)), effects);
    }

    /// Somebody says how the match stands.
    public Step heard(Snapshot snapshot, Instant now) {
        return switch (role) {
            case Role.Closing _ -> new Step(this, List.of());
            case Role.Hosting(var host) -> snapshot.authority().isAbove(host.authority())
                    ? standDown(snapshot, now)
                    : new Step(this, List.of());
            case Role.Watching(),Role.StandingBy _ -> named(snapshot, now).followed(snapshot, now);
        };
    }

    private Step standDown(Snapshot snapshot, Instant now) {
        var down = with(new Role.Watching()).named(snapshot, now).followed(snapshot, now);
        return new Step(down.next(), joined(
                List.of(new Effect.StoodDown(snapshot.authority())), down.effects()));
    }

    /// Stands by when the highest authority says so, and no longer when it does not.
    private Part named(Snapshot snapshot, Instant now) {
        if (follower.authority().isAbove(snapshot.authority())) {
            return this;
        }
        if (!snapshot.standby().equals(me)) {
            return with(new Role.Watching());
        }
        var standby = role instanceof Role.StandingBy(var known) ? known : Standby.of(now);
        return with(new Role.StandingBy(standby.heard(snapshot)));
    }

    private Step followed(Snapshot snapshot, Instant now) {
        var followed = follower.heard(snapshot, now);
        var left = follower.authority().isAbove(snapshot.authority())
                ? pending
                : pending.stream()
                        .map(some -> some.taken(snapshot.acknowledged().get(some.seat())))
                        .toList();
        return new Step(
                new Part(me, pairing, followed.next(), role, nodes, left, ticks),
                followed.effects());
    }

    /// A player who is here wants to turn.
    public Step steer(int seat, Direction way) {
        if (isOver()) {
            return new Step(this, List.of());
        }
        var all = new ArrayList<>(pending);
        all.set(seat, pending.get(seat).with(way));
        return new Step(new Part(me, pairing, follower, role, nodes, all, ticks),
                List.of(new Effect.Steer(all.get(seat).turns())));
    }

    /// Turns of a player have come from any node.
    public Step turns(Turns turns) {
        return role instanceof Role.Hosting(var host)
                ? new Step(with(new Role.Hosting(host.turns(turns))), List.of())
                : new Step(this, List.of());
    }

    /// These nodes are alive; the best to stand by comes first. A host whose standby is none of them chooses another.
    public Step alive(List<String> alive) {
        var next = new Part(me, pairing, follower, role, alive, pending, ticks);
        return role instanceof Role.Hosting(var host) && !alive.contains(host.standby())
                ? new Step(next.with(new Role.Hosting(host.withStandby(next.chosen("")))),
                        List.of())
                : new Step(next, List.of());
    }

    /// `result` is what is written of the match.
    public Step over(Result result) {
        return isOver()
                ? new Step(this, List.of())
                : new Step(with(new Role.Closing(result, isHost(), CLOSING_TICKS)),
                        List.of(new Effect.Ended(result)));
    }

    private Part with(Role other) {
        return new Part(me, pairing, follower, other, nodes, pending, ticks);
    }

    private Part with(Follower other) {
        return new Part(me, pairing, other, role, nodes, pending, ticks);
    }

    private static List<Effect> joined(List<Effect> first, List<Effect> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
