package io.macula.arcade.lobby;

import io.macula.arcade.match.Pairing;
import java.time.Instant;

/// One player whose page is, or was a moment ago, open on this node.
///
/// @param player
///            their id
/// @param socket
///            the page's connection; empty when it is lost
/// @param socketSince
///            when it was connected, or lost
record Guest(String player, String name, String socket, Instant socketSince, State state) {

    /// What a guest does.
    sealed interface State {

        /// Looks at the page.
        record Idle() implements State {}

        /// Has just come; where they stand is being looked up.
        record Looking(Instant askedAt) implements State {}

        /// Wants to play; the matchmaker has not answered yet.
        record Asking(boolean bot, Instant askedAt) implements State {}

        /// Is in the queue.
        ///
        /// @param isOffered
        ///            whether the bot has been offered
        record Waiting(int place, int of, Instant since, boolean isOffered) implements State {}

        /// Plays.
        record Playing(Pairing pairing, int seat) implements State {}
    }

    boolean isConnected() {
        return !socket.isEmpty();
    }

    /// Whether the matchmaker may count on them.
    boolean isInvolved() {
        return !(state instanceof State.Idle);
    }

    boolean plays(String match) {
        return state instanceof State.Playing(var pairing, _) && pairing.match().equals(match);
    }

    Guest with(State other) {
        return new Guest(player, name, socket, socketSince, other);
    }

    Guest connected(String by, String as, Instant now) {
        return new Guest(player, as, by, now, state);
    }

    Guest disconnected(Instant now) {
        return new Guest(player, name, "", now, state);
    }
}
