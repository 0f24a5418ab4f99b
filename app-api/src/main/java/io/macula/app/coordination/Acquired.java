package io.macula.app.coordination;

/// What became of asking for a lock.
public sealed interface Acquired
        permits Acquired.Granted, Acquired.NotGranted, Failure {

    /// It is this session's until it is released or the session ends.
    record Granted(Lock lock) implements Acquired {}

    /// Someone else had it until the time was up, and the request was withdrawn.
    ///
    /// @param owner
    ///            who had it when last looked at
    record NotGranted(String owner) implements Acquired {}
}
