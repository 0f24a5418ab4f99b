package io.macula.crdt;

/// What a change needs besides its content: a dot of its own and a stamp.
public record Tick(Dot dot, Stamp stamp) {}
