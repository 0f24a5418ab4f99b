package io.macula.actors.link;

import io.macula.actors.wire.Message;

/// Hears one link. Called on transport threads, serially per stream class: must not block and
/// usually only tells an actor.
public interface LinkListener {

    /// A message other than the link's own (handshake, ping, pong, disconnect) came in.
    void received(Link link, Message message);

    /// A stream that had refused a message takes messages again.
    void writable(Link link, StreamClass stream);

    /// The link is gone; called exactly once and last.
    void closed(Link link, Disconnected reason);
}
