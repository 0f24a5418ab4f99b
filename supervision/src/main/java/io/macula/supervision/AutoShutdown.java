package io.macula.supervision;

/// Whether the end of significant children ends their supervisor.
public enum AutoShutdown {
    NEVER,
    /// As soon as one significant child has ended by itself for good.
    ANY_SIGNIFICANT,
    /// When the last significant child has ended by itself for good.
    ALL_SIGNIFICANT
}
