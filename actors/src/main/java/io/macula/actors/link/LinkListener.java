package io.macula.actors.link;

import io.macula.actors.wire.Message;

/// Hears one link. Called on transport threads, serially per stream class, and on the timer thread
/// of the links: must not block and usually only tells an actor.
public interface LinkListener {

    /// Asked once at the dialler, after the listener has proved itself and before our own last
    /// proof is sent, which is what lets us in. False gives the dial up: another one to the same
    /// peer has come further, and two would supersede each other.
    default boolean mayProve() {
        return true;
    }

    /// A message other than the link's own (handshake, ping, pong, disconnect) came in.
    void received(Link link, Message message);

    /// A stream that had refused a message takes messages again.
    void writable(Link link, StreamClass stream);

    /// The peer has been silent for one and a half heartbeats (`suspect`), so new traffic should
    /// take another path, or was heard again.
    default void suspected(Link link, boolean suspect) {}

    /// The link is gone; called exactly once, and nothing is handed over after it, but for a
    /// message that another transport thread is handing over at that moment.
    void closed(Link link, Disconnected reason);
}
