package io.macula.arcade.lobby;

import io.macula.arcade.game.Direction;
import io.macula.arcade.json.Json;
import io.macula.arcade.match.Pairing;
import io.macula.arcade.match.Result;
import io.macula.arcade.matchmaking.Request;

/// What [Guests] wants done.
sealed interface LobbyEffect {

    /// Tells a page.
    record Say(String socket, Json.Obj message) implements LobbyEffect {}

    /// Ends a page's connection.
    record HangUp(String socket) implements LobbyEffect {}

    /// Asks the matchmaker for a player; the answer goes to [Guests#stands] or [Guests#refused].
    record Ask(String player, Request request) implements LobbyEffect {}

    /// Takes part in a match; nothing when this node does already.
    record Open(Pairing pairing, boolean begins) implements LobbyEffect {}

    /// Tells `node` of a match, so that it takes part.
    record Call(String node, Pairing pairing, long epoch) implements LobbyEffect {}

    record Steer(String match, int seat, Direction way) implements LobbyEffect {}

    /// Tells the arena here what is written.
    record Over(Result result) implements LobbyEffect {}

    /// Tells all who follow the match what is written.
    record Announce(Result result) implements LobbyEffect {}
}
