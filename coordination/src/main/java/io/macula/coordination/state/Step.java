package io.macula.coordination.state;

/// What a command led to.
public record Step(State next, Reply reply) {}
