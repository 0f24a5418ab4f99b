package io.macula.runtime.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.Node;
import io.macula.runtime.json.Json;
import io.macula.runtime.observe.NodeMetrics.Flow;
import io.macula.runtime.observe.NodeMetrics.Top;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;

/// What happens on a node just now, as one JSON object: for `top`, and for programs that read it.
final class MetricsJson {

    private MetricsJson() {}

    static ObjectNode of(Node node) {
        var now = node.metrics().snapshot();
        var report = node.report();
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        var json = Json.object()
                .put("id", report.id())
                .put("name", report.name())
                .put("role", report.role())
                .put("status", report.status())
                .put("uptime_s", report.uptime().toSeconds())
                .put("links", node.peers().size())
                .put("open_calls", report.figures().getOrDefault("open_calls", 0L))
                .put("heap_used_bytes", heap.getUsed())
                .put("heap_max_bytes", heap.getMax())
                .put("threads", ManagementFactory.getThreadMXBean().getThreadCount())
                .put("window_s", now.window().toMillis() / 1e3)
                .put("error_ratio", now.errorRatio());
        json.set("published", flow(now.published()));
        json.set("consumed", flow(now.consumed()));
        json.set("called", flow(now.called()));
        json.set("served", flow(now.served()));
        tops(json, "topics", now.topTopics());
        tops(json, "procedures", now.topProcedures());
        return json;
    }

    private static ObjectNode flow(Flow flow) {
        return Json.object()
                .put("total", flow.total())
                .put("failed", flow.failed())
                .put("per_s", flow.perSecond())
                .put("failed_per_s", flow.failedPerSecond())
                .put("p50_us", micros(flow.latency().p50()))
                .put("p95_us", micros(flow.latency().p95()))
                .put("p99_us", micros(flow.latency().p99()));
    }

    private static double micros(Duration time) {
        return time.toNanos() / 1e3;
    }

    private static void tops(ObjectNode json, String name, List<Top> tops) {
        var list = json.putArray(name);
        tops.forEach(top -> list.addObject()
                .put("name", top.name())
                .put("per_s", top.perSecond())
                .put("total", top.total()));
    }
}
