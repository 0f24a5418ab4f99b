package io.macula.supervision;

/// The answer to [Supervisor.TerminateChild].
public enum TerminateResult {
    /// It does not run now; its spec is kept, except a temporary or dynamic one.
    TERMINATED, NOT_FOUND
}
