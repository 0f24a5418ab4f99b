package io.macula.app.coordination;

/// What became of opening a session.
public sealed interface Opening permits Opening.Opened, NoQuorum, Refused {

    /// Close it to give back at once all it holds.
    record Opened(FencedSession session) implements Opening {}
}
