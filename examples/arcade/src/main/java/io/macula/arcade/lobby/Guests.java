package io.macula.arcade.lobby;

import io.macula.arcade.json.Json;
import io.macula.arcade.match.Pairing;
import io.macula.arcade.match.Player;
import io.macula.arcade.match.Result;
import io.macula.arcade.matchmaking.Limits;
import io.macula.arcade.matchmaking.Pulse;
import io.macula.arcade.matchmaking.Request;
import io.macula.arcade.matchmaking.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Everybody whose page is open on this node, and what becomes of them. Pure: pages, the matchmaker's answers and the time go in, what is to be
/// said and asked comes out.
///
/// A guest is looked up → idle → asks to play → waits → plays → is idle again; leaving ends each of them.
///
/// @param guests
///            by player
record Guests(String node, Map<String, Guest> guests) {

    /// How long a player whose connection is lost keeps their place.
    static final Duration GRACE = Duration.ofSeconds(5);

    /// How long a lone player waits until the bot is offered.
    static final Duration LONELY = Duration.ofSeconds(3);

    /// How long an answer of the matchmaker is waited for.
    static final Duration PATIENCE = Duration.ofSeconds(3);

    record Step(Guests next, List<LobbyEffect> effects) {
        Step {
            effects = List.copyOf(effects);
        }

        Step and(LobbyEffect effect) {
            var all = new ArrayList<>(effects);
            all.add(effect);
            return new Step(next, all);
        }
    }

    Guests {
        guests = Map.copyOf(guests);
    }

    static Guests none(String node) {
        return new Guests(node, Map.of());
    }

    /// A page says something.
    Step said(String socket, PageMessage message, Instant now) {
        if (message instanceof PageMessage.Hello(var player, var name)) {
            return hello(socket, player, name, now);
        }
        if (message instanceof PageMessage.Ping(var at)) {
            return nothing().and(new LobbyEffect.Say(socket, Says.pong(at)));
        }
        return at(socket).map(guest -> switch (message) {
            case PageMessage.Join() -> ask(guest, false, now);
            case PageMessage.PlayBot() -> ask(guest, true, now);
            case PageMessage.Leave() -> leave(guest);
            case PageMessage.Turn(var way) ->
                guest.state() instanceof Guest.State.Playing(var pairing, var seat)
                        ? nothing().and(new LobbyEffect.Steer(pairing.match(), seat, way))
                        : nothing();
            case PageMessage.Hello _,PageMessage.Ping _ -> nothing();
        })
                .orElseGet(() -> nothing()
                        .and(new LobbyEffect.Say(socket, Says.error("say hello first"))));
    }

    private Step hello(String socket, String player, String name, Instant now) {
        var known = guests.get(player);
        if (known == null && guests.size() >= Limits.PLAYERS_PER_NODE) {
            return nothing().and(new LobbyEffect.Say(socket, Says.error(
                    "this node has as many players as it may, open the page of another")))
                    .and(new LobbyEffect.HangUp(socket));
        }
        var before = at(socket).filter(guest -> !guest.player().equals(player))
                .map(guest -> with(guest.disconnected(now)))
                .orElse(this);
        var guest = known == null || !known.isInvolved()
                ? new Guest(player, name, socket, now, new Guest.State.Looking(now))
                : known.connected(socket, name, now);
        var step = before.with(guest)
                .nothing()
                .and(new LobbyEffect.Say(socket, Says.welcome(node, guest)))
                .and(new LobbyEffect.Say(socket, Says.standing(guest)));
        if (known != null && known.isConnected() && !known.socket().equals(socket)) {
            step = step.and(new LobbyEffect.Say(known.socket(), Says.replaced()))
                    .and(new LobbyEffect.HangUp(known.socket()));
        }
        return guest.state() instanceof Guest.State.Looking
                ? step.and(new LobbyEffect.Ask(player, new Request.Look(player)))
                : step;
    }

    private Step ask(Guest guest, boolean bot, Instant now) {
        var isBusy = guest.state() instanceof Guest.State.Playing
                || guest.state() instanceof Guest.State.Asking
                || (guest.state() instanceof Guest.State.Waiting && !bot);
        return isBusy ? nothing() : asking(guest, bot, now);
    }

    private Step asking(Guest guest, boolean bot, Instant now) {
        var person = new Player(guest.player(), guest.name(), node);
        var request = bot ? new Request.PlayBot(person) : new Request.Join(person);
        return changed(guest.with(new Guest.State.Asking(bot, now)))
                .and(new LobbyEffect.Ask(guest.player(), request));
    }

    private Step leave(Guest guest) {
        return changed(guest.with(new Guest.State.Idle()))
                .and(new LobbyEffect.Ask(guest.player(), new Request.Leave(guest.player())));
    }

    /// A page's connection has ended.
    Step hungUp(String socket, Instant now) {
        return at(socket).map(guest -> with(guest.disconnected(now)).nothing()).orElse(nothing());
    }

    /// The matchmaker says where a player stands.
    Step stands(String player, Standing standing, Instant now) {
        var guest = guests.get(player);
        if (guest != null && guest.state() instanceof Guest.State.Looking) {
            return found(guest, standing, now);
        }
        return switch (standing) {
            case Standing.Left(var result) -> nothing().and(new LobbyEffect.Announce(result))
                    .and(new LobbyEffect.Over(result));
            case Standing.Idle() -> nothing();
            case Standing.Queued(var place, var of) ->
                guest == null ? nothing() : queued(guest, place, of, now);
            case Standing.Playing(var pairing, var epoch) ->
                guest == null ? nothing() : plays(guest, pairing, epoch);
        };
    }

    /// Who plays or waits already, from a page before this one, goes on with it from here.
    private Step found(Guest guest, Standing standing, Instant now) {
        return standing instanceof Standing.Queued || standing instanceof Standing.Playing
                ? asking(guest, false, now)
                : changed(guest.with(new Guest.State.Idle()));
    }

    private Step queued(Guest guest, int place, int of, Instant now) {
        return switch (guest.state()) {
            case Guest.State.Asking(var bot, _) when !bot -> changed(
                    guest.with(new Guest.State.Waiting(place, of, now, false)));
            case Guest.State.Waiting(var oldPlace, var oldOf, var since, var offered) ->
                place == oldPlace && of == oldOf
                        ? nothing()
                        : changed(guest.with(new Guest.State.Waiting(place, of, since, offered)));
            case Guest.State.Idle _,Guest.State.Looking _,Guest.State.Asking _,Guest.State.Playing _ ->
                nothing();
        };
    }

    /// All nodes that have to do with it are called; should one not hear it, its next beat tells it.
    private Step plays(Guest guest, Pairing pairing, long epoch) {
        if (guest.plays(pairing.match())) {
            return nothing().and(new LobbyEffect.Open(pairing, false));
        }
        if (guest.state() instanceof Guest.State.Idle) {
            return nothing();
        }
        var step = seated(guest, pairing).and(new LobbyEffect.Open(pairing, epoch == 0));
        for (var other : guests.keySet()) {
            step = other.equals(guest.player())
                    ? step
                    : merged(step, step.next().seatedHere(other, pairing));
        }
        for (var concerned : pairing.nodes()) {
            step = concerned.equals(node)
                    ? step
                    : step.and(new LobbyEffect.Call(concerned, pairing, epoch));
        }
        return step;
    }

    private Step seated(Guest guest, Pairing pairing) {
        return pairing.seatOf(guest.player())
                .map(seat -> changed(guest.with(new Guest.State.Playing(pairing, seat))))
                .orElse(nothing());
    }

    private Step seatedHere(String player, Pairing pairing) {
        var guest = guests.get(player);
        return guest == null || !guest.isInvolved() || guest.plays(pairing.match())
                ? nothing()
                : seated(guest, pairing);
    }

    /// A match that concerns this node has been arranged, or needs it from now on.
    Step called(Pairing pairing, long epoch) {
        var step = nothing().and(new LobbyEffect.Open(pairing, epoch == 0));
        for (var player : guests.keySet()) {
            step = merged(step, step.next().seatedHere(player, pairing));
        }
        return step;
    }

    /// What the matchmaker says to this node's beat.
    Step beaten(Pulse pulse, Instant now) {
        var step = nothing();
        for (var pairing : pulse.begin()) {
            step = step.and(new LobbyEffect.Open(pairing, true));
        }
        for (var result : pulse.over()) {
            step = merged(merged(step, step.next().ended(result)),
                    step.next().nothing().and(new LobbyEffect.Over(result)));
        }
        for (var guest : guests.values()) {
            var standing = pulse.players().get(guest.player());
            step = standing == null
                    ? merged(step, step.next().forgotten(guest.player(), now))
                    : merged(step, step.next().stands(guest.player(), standing, now));
            if (guest.isConnected()) {
                step = step.and(new LobbyEffect.Say(guest.socket(), Says.arcade(pulse)));
            }
        }
        return step;
    }

    /// Who waits here and is not in the queue asks again.
    private Step forgotten(String player, Instant now) {
        var guest = guests.get(player);
        return guest != null && guest.state() instanceof Guest.State.Waiting
                ? asking(guest, false, now)
                : nothing();
    }

    /// The matchmaker has refused.
    Step refused(String player, String reason) {
        var guest = guests.get(player);
        if (guest == null || !(guest.state() instanceof Guest.State.Asking)) {
            return nothing();
        }
        return told(changed(guest.with(new Guest.State.Idle())), guest, Says.error(reason));
    }

    /// The matchmaker cannot be reached; who wants to play asks again.
    Step unreachable(String player, String why, Instant now) {
        var guest = guests.get(player);
        if (guest == null || !(guest.state() instanceof Guest.State.Asking(var bot, _))) {
            return nothing();
        }
        var soon = now.minus(PATIENCE).plusSeconds(1);
        return told(with(guest.with(new Guest.State.Asking(bot, soon))).nothing(), guest,
                Says.notice(why));
    }

    /// A match is over; who played it is free.
    Step ended(Result result) {
        var step = nothing();
        for (var guest : guests.values()) {
            if (guest.plays(result.match())
                    && guest.state() instanceof Guest.State.Playing(_, var seat)) {
                step = told(merged(step, step.next()
                        .with(guest.with(new Guest.State.Idle()))
                        .nothing()), guest, Says.over(result, seat));
            }
        }
        return step;
    }

    /// Time has passed.
    Step tick(Instant now) {
        var step = nothing();
        for (var guest : guests.values()) {
            step = merged(step, step.next().tick(guest, now));
        }
        return step;
    }

    private Step tick(Guest guest, Instant now) {
        if (!guest.isConnected()
                && Duration.between(guest.socketSince(), now).compareTo(GRACE) >= 0) {
            return gone(guest);
        }
        return switch (guest.state()) {
            case Guest.State.Asking(var bot, var at) when isOlder(at, PATIENCE, now) ->
                asking(guest, bot, now);
            case Guest.State.Looking(var at) when isOlder(at, PATIENCE, now) ->
                with(guest.with(new Guest.State.Looking(now))).nothing()
                        .and(new LobbyEffect.Ask(guest.player(),
                                new Request.Look(guest.player())));
            case Guest.State.Waiting(var place, var of, var since, var offered) when !offered
                    && isOlder(since, LONELY, now) ->
                changed(guest.with(new Guest.State.Waiting(place, of, since, true)));
            case Guest.State.Idle _,Guest.State.Looking _,Guest.State.Asking _,Guest.State.Waiting _,Guest.State.Playing _ ->
                nothing();
        };
    }

    private static boolean isOlder(Instant since, Duration than, Instant now) {
        return Duration.between(since, now).compareTo(than) >= 0;
    }

    private Step gone(Guest guest) {
        var left = new TreeMap<>(guests);
        left.remove(guest.player());
        var step = new Guests(node, left).nothing();
        return guest.isInvolved()
                ? step.and(new LobbyEffect.Ask(guest.player(),
                        new Request.Leave(guest.player())))
                : step;
    }

    /// Those the matchmaker may count on.
    List<String> involved() {
        return guests.values().stream().filter(Guest::isInvolved).map(Guest::player).toList();
    }

    /// The matches that are played here.
    List<String> matches() {
        return guests.values()
                .stream()
                .map(Guest::state)
                .filter(Guest.State.Playing.class::isInstance)
                .map(state -> ((Guest.State.Playing) state).pairing().match())
                .distinct()
                .toList();
    }

    /// The connected pages of those who play `match`.
    List<String> watching(String match) {
        return guests.values()
                .stream()
                .filter(guest -> guest.plays(match) && guest.isConnected())
                .map(Guest::socket)
                .toList();
    }

    private Optional<Guest> at(String socket) {
        return guests.values()
                .stream()
                .filter(guest -> guest.socket().equals(socket))
                .findFirst();
    }

    private Guests with(Guest guest) {
        var all = new TreeMap<>(guests);
        all.put(guest.player(), guest);
        return new Guests(node, all);
    }

    private Step nothing() {
        return new Step(this, List.of());
    }

    /// The guest stands elsewhere now, and the page is told.
    private Step changed(Guest guest) {
        return told(with(guest).nothing(), guest, Says.standing(guest));
    }

    private static Step told(Step step, Guest guest, Json.Obj message) {
        return guest.isConnected()
                ? step.and(new LobbyEffect.Say(guest.socket(), message))
                : step;
    }

    private static Step merged(Step first, Step second) {
        var all = new ArrayList<>(first.effects());
        all.addAll(second.effects());
        return new Step(second.next(), all);
    }
}
