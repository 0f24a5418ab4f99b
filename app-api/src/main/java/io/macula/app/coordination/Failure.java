package io.macula.app.coordination;

/// Why a session's request gave nothing.
public sealed interface Failure extends Acquired, Released, Standing, Passage, Transacted
        permits NoQuorum, SessionLost, Refused {

    /// One sentence.
    String message();
}
