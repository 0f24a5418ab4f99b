package io.macula.actors.peer;

import io.macula.actors.link.Link;

/// What `connection` tells its siblings.
public sealed interface LinkEvent {

    /// A new link is up: what the peer has to know of us must be told again.
    record Up(Link link) implements LinkEvent {}

    /// That link is gone.
    record Down(Link link) implements LinkEvent {}
}
