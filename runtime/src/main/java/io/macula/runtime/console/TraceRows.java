package io.macula.runtime.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.runtime.json.Json;
import io.macula.runtime.trace.TraceLine;
import java.util.LinkedHashMap;
import java.util.List;

/// The latest traces of a node as rows, by their ids.
final class TraceRows {

    /// Traces that are shown.
    static final int TRACES_MAX = 60;

    private TraceRows() {}

    static Sheet of(List<TraceLine> traces) {
        var rows = new LinkedHashMap<String, JsonNode>();
        traces.forEach(trace -> rows.put(trace.traceId(), Json.object()
                .put("name", TreeRows.cut(trace.name()))
                .put("at", trace.start().toEpochMilli())
                .put("us", trace.took().toNanos() / 1_000)
                .put("spans", trace.spans())
                .put("failed", trace.hasFailed())));
        return new Sheet(rows);
    }
}
