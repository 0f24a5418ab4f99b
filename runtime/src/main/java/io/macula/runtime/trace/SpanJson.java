package io.macula.runtime.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.actors.trace.TraceContext;
import io.macula.dht.NodeId;
import io.macula.runtime.json.Json;
import io.macula.runtime.json.PlainText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Spans as JSON, as nodes and tools tell each other of them.
public final class SpanJson {

    /// Facts that are taken from another node.
    private static final int FACTS_MAX = 64;

    private static final long NANOS = 1_000_000_000L;

    private SpanJson() {}

    public static ObjectNode of(SpanLine span) {
        var json = Json.object()
                .put("trace_id", span.traceId())
                .put("span_id", span.spanId())
                .put("parent_id", span.parentId())
                .put("node", span.node())
                .put("name", span.name())
                .put("kind", span.kind())
                .put("start_ns", Math.addExact(
                        Math.multiplyExact(span.start().getEpochSecond(), NANOS),
                        span.start().getNano()))
                .put("took_ns", span.took().toNanos())
                .put("error", span.error());
        var facts = json.putObject("facts");
        span.facts().forEach(facts::put);
        return json;
    }

    /// All the spans of a list that are well-formed and belong to the trace: what another node says is
    /// believed no further.
    public static List<SpanLine> read(JsonNode list, String traceId, int most) {
        return list.valueStream()
                .limit(most)
                .flatMap(json -> read(json).stream())
                .filter(span -> span.traceId().equals(traceId))
                .toList();
    }

    private static Optional<SpanLine> read(JsonNode json) {
        var trace = json.path("trace_id").asText();
        var span = json.path("span_id").asText();
        var parent = json.path("parent_id").asText();
        var took = json.path("took_ns");
        var start = json.path("start_ns");
        if (!TraceContext.isTraceId(trace) || !TraceContext.isSpanId(span)
                || !(parent.isEmpty() || TraceContext.isSpanId(parent))
                || !took.canConvertToLong() || took.asLong() < 0 || !start.canConvertToLong()
                || NodeId.parse(json.path("node").asText()).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SpanLine(trace, span, parent, json.path("node").asText(),
                    text(json.path("name")), text(json.path("kind")),
                    Instant.ofEpochSecond(0, start.asLong()),
                    Duration.ofNanos(took.asLong()), text(json.path("error")),
                    facts(json.path("facts"))));
        } catch (DateTimeException | ArithmeticException outOfRange) {
            return Optional.empty();
        }
    }

    private static Map<String, String> facts(JsonNode json) {
        var facts = new HashMap<String, String>();
        json.propertyStream()
                .limit(FACTS_MAX)
                .forEach(fact -> facts.put(PlainText.of(fact.getKey()), text(fact.getValue())));
        return facts;
    }

    private static String text(JsonNode json) {
        return PlainText.of(json.asText());
    }
}
