package io.macula.runtime.trace;

/// How a node traces, each with its key in `reference.conf`.
///
/// @param ratio
///            the share of what begins here that becomes a trace, 0 to 1
/// @param perSecondMax
///            traces that begin here in a second
/// @param tracesMax
///            traces that are kept
/// @param spansMax
///            spans that are kept, of all traces together
/// @param otlp
///            where spans are sent besides, such as `http://127.0.0.1:4318/v1/traces`; empty: nowhere
public record TraceTuning(double ratio, int perSecondMax, int tracesMax, int spansMax,
        String otlp) {

    /// What `reference.conf` says.
    public static final TraceTuning DEFAULT = new TraceTuning(0.05, 5, 500, 10_000, "");
}
