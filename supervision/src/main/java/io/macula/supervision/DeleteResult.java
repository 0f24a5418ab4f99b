package io.macula.supervision;

/// The answer to [Supervisor.DeleteChild].
public enum DeleteResult {
    DELETED,
    /// Still running: terminate it first.
    RUNNING,
    /// It waits for its next restart attempt: terminate it first.
    RESTARTING, NOT_FOUND,
    /// A dynamic supervisor keeps no spec of a child that does not run.
    NOT_SUPPORTED
}
