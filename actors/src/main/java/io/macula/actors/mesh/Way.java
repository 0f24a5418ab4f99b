package io.macula.actors.mesh;

import io.macula.actors.link.Link;

/// How a frame for a node goes just now.
public sealed interface Way {

    /// Over a link to that very node.
    record Direct(Link link) implements Way {}

    /// Over a link to a gateway, which passes it on.
    record Relayed(Link gateway) implements Way {}

    /// There is no link that leads there; one has to be dialled.
    record None() implements Way {}

    /// What people are shown.
    enum Path {
        DIRECT, RELAYED,
        /// Relayed, while a direct link is being dialled.
        UPGRADING
    }
}
