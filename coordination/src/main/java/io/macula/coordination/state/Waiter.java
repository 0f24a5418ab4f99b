package io.macula.coordination.state;

/// A request that has no final reply yet.
public record Waiter(SessionId session, long sequence) {}
