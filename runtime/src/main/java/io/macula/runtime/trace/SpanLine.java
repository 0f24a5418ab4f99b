package io.macula.runtime.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// One span that has ended: what one node did for a trace.
///
/// @param traceId
///            32 hexadecimal digits
/// @param spanId
///            16 hexadecimal digits
/// @param parentId
///            the span it belongs to, on this node or another; empty for the root
/// @param node
///            the id of the node, 40 hexadecimal digits
/// @param name
///            such as `call calculator.add`
/// @param kind
///            `internal`, `client`, `server`, `producer` or `consumer`
/// @param start
///            by the clock of that node
/// @param error
///            one sentence when it ended badly, else empty
/// @param facts
///            such as `macula.path` = `direct`
public record SpanLine(String traceId, String spanId, String parentId, String node, String name,
        String kind, Instant start, Duration took, String error, Map<String, String> facts) {

    public SpanLine {
        facts = Map.copyOf(facts);
    }

    public Instant end() {
        return start.plus(took);
    }
}
