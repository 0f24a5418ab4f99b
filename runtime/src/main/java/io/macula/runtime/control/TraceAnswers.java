package io.macula.runtime.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.actors.trace.TraceContext;
import io.macula.runtime.json.Json;
import io.macula.runtime.trace.SpanJson;
import io.macula.runtime.trace.TraceLine;
import io.macula.runtime.trace.Traces;
import java.time.Duration;

/// Answers questions about traces: `{"op":"trace","do":"find","id":"..."}` with what this node and those
/// it talks to know, `{"op":"trace","do":"recent"}` with its own latest.
final class TraceAnswers {

    /// How long the other nodes may take.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int RECENT_MAX = 1_000;
    private static final int RECENT = 20;

    private final Traces traces;

    TraceAnswers(Traces traces) {
        this.traces = traces;
    }

    ObjectNode answer(JsonNode request) {
        return switch (request.path("do").asText()) {
            case "find" -> find(request.path("id").asText());
            case "recent" -> recent(request.path("most").asInt(RECENT));
            default -> ControlAnswers.error("malformed", "do is one of find, recent");
        };
    }

    private ObjectNode find(String id) {
        if (!TraceContext.isTraceId(id)) {
            return ControlAnswers.error("malformed",
                    "the id of a trace has 32 lower-case hexadecimal digits");
        }
        var answer = Json.object().put("ok", true);
        var spans = answer.putArray("spans");
        traces.findEverywhere(id, PATIENCE)
                .toCompletableFuture()
                .join()
                .forEach(span -> spans.add(SpanJson.of(span)));
        return answer;
    }

    private ObjectNode recent(int most) {
        var answer = Json.object().put("ok", true);
        var list = answer.putArray("traces");
        traces.recent(Math.clamp(most, 0, RECENT_MAX)).forEach(line -> list.add(json(line)));
        return answer;
    }

    private static ObjectNode json(TraceLine line) {
        return Json.object()
                .put("trace_id", line.traceId())
                .put("name", line.name())
                .put("start", line.start().toString())
                .put("took_us", line.took().toNanos() / 1_000)
                .put("spans", line.spans())
                .put("failed", line.hasFailed());
    }
}
