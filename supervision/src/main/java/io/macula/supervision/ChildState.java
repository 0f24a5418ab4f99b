package io.macula.supervision;

/// Where a child is in its life.
///
/// `DOWN → STARTING → RUNNING → STOPPING → DOWN`; a restart that failed leads to `RESTARTING`, from
/// there to `STARTING` at the next attempt, or to `DOWN` when terminated.
public enum ChildState {
    /// Known and not running: OTP's `undefined`.
    DOWN, STARTING, RUNNING, STOPPING,
    /// A restart failed and the next attempt is due.
    RESTARTING;

    /// The name for people.
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
