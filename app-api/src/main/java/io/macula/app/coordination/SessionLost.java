package io.macula.app.coordination;

/// The session has ended, by its owner or because nothing was heard of it for its time to live.
/// Whatever it held may be someone else's by now. Open a new one.
public record SessionLost(String message) implements Failure {}
