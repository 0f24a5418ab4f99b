package io.macula.runtime.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.json.Json;
import io.macula.runtime.observe.NodeMetrics.Flow;
import io.macula.runtime.observe.NodeMetrics.Snapshot;
import io.macula.runtime.observe.NodeMetrics.Top;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What a node's code does just now, as rows: `flow:called`, `topic:NAME`, `procedure:NAME`.
final class FlowRows {

    /// Names that are shown of each kind.
    private static final int TOP_MAX = 5;

    private FlowRows() {}

    static void put(Map<String, JsonNode> rows, Snapshot now) {
        rows.put("flow:published", flow(now.published()));
        rows.put("flow:consumed", flow(now.consumed()));
        rows.put("flow:called", flow(now.called()));
        rows.put("flow:served", flow(now.served()));
        put(rows, "topic:", now.topTopics());
        put(rows, "procedure:", now.topProcedures());
    }

    private static ObjectNode flow(Flow flow) {
        return Json.object()
                .put("total", flow.total())
                .put("failed", flow.failed())
                .put("per_s", rounded(flow.perSecond()))
                .put("failed_per_s", rounded(flow.failedPerSecond()))
                .put("p50_us", micros(flow.latency().p50()))
                .put("p95_us", micros(flow.latency().p95()))
                .put("p99_us", micros(flow.latency().p99()));
    }

    private static void put(Map<String, JsonNode> rows, String kind, List<Top> top) {
        top.stream()
                .limit(TOP_MAX)
                .forEach(each -> rows.put(kind + TreeRows.cut(each.name()), Json.object()
                        .put("per_s", rounded(each.perSecond()))
                        .put("total", each.total())));
    }

    private static double rounded(double perSecond) {
        return Math.round(perSecond * 10) / 10.0;
    }

    private static long micros(Duration time) {
        return time.toNanos() / 1_000;
    }
}
