package io.macula.runtime;

/// What a node does for others.
public enum Role {
    /// Listens for peers, relays between them and keeps the directory.
    GATEWAY,
    /// Dials gateways, relays nothing, and listens for direct links at most.
    PEER
}
