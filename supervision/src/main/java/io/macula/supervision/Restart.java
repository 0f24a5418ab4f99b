package io.macula.supervision;

/// Whether a child that ended by itself starts again.
public enum Restart {
    /// Always.
    PERMANENT,
    /// Only after an abnormal end ([Exit.Killed] or [Exit.Failed]). A transient *supervisor* that gave
    /// up ends with [Exit.Shutdown], so it is not started again.
    TRANSIENT,
    /// Never, not even when a sibling's death took it down; its spec is dropped.
    TEMPORARY;

    boolean after(Exit exit) {
        return switch (this) {
            case PERMANENT -> true;
            case TRANSIENT -> exit.isAbnormal();
            case TEMPORARY -> false;
        };
    }
}
