package io.macula.runtime.trace;

import java.time.Duration;
import java.time.Instant;

/// A trace as one node knows it.
///
/// @param name
///            of its earliest span here
/// @param took
///            from the beginning of the first span to the end of the last
/// @param spans
///            how many this node has kept
public record TraceLine(String traceId, String name, Instant start, Duration took, int spans,
        boolean hasFailed) {}
