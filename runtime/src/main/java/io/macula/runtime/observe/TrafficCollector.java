package io.macula.runtime.observe;

import io.macula.runtime.observe.Histogram.Counts;
import io.macula.runtime.observe.Traffic.Ends;
import io.macula.runtime.observe.Traffic.Fault;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;

/// [Traffic] under the names of the OpenTelemetry conventions for messaging and rpc (semantic conventions 1.40),
/// as Prometheus has them: `.` is `_`, and units and `_total` stand at the end.
final class TrafficCollector implements MultiCollector {

    private static final String SYSTEM = "macula";

    private final Traffic traffic;

    TrafficCollector(Traffic traffic) {
        this.traffic = traffic;
    }

    @Override
    public MetricSnapshots collect() {
        var published = traffic.published();
        var handled = traffic.handled();
        return MetricSnapshots.of(
                counter("messaging_client_sent_messages", "Messages this node's code published.",
                        published, "publish", "send"),
                counter("messaging_client_consumed_messages",
                        "Messages that were given to handlers of this node's code.",
                        handled, "process", "process"),
                messaging("messaging_client_operation_duration_seconds",
                        "Time until a publish was on its way.", published, "publish", "send"),
                messaging("messaging_process_duration_seconds",
                        "Time a handler took for a message.", handled, "process", "process"),
                rpc("rpc_client_call_duration_seconds", "Time until a call had ended.",
                        traffic.calls()),
                rpc("rpc_server_call_duration_seconds",
                        "Time a handler took for a request.", traffic.served()));
    }

    private static CounterSnapshot counter(String name, String help, Map<Fault, Counts> ends,
            String operation, String type) {
        var counter = CounterSnapshot.builder().name(name).help(help);
        ends.forEach((fault, counts) -> counter.dataPoint(CounterDataPointSnapshot.builder()
                .labels(messagingLabels(fault, operation, type))
                .value(counts.count())
                .build()));
        return counter.build();
    }

    private static HistogramSnapshot messaging(String name, String help, Map<Fault, Counts> ends,
            String operation, String type) {
        var histogram = HistogramSnapshot.builder().name(name).help(help);
        ends.forEach((fault, counts) -> histogram.dataPoint(
                point(counts, messagingLabels(fault, operation, type))));
        return histogram.build();
    }

    private static Labels messagingLabels(Fault fault, String operation, String type) {
        return Labels.of("error_type", fault.text(), "messaging_operation_name", operation,
                "messaging_operation_type", type, "messaging_system", SYSTEM);
    }

    private static HistogramSnapshot rpc(String name, String help, Map<String, Ends> methods) {
        var histogram = HistogramSnapshot.builder().name(name).help(help);
        methods.forEach((method, ends) -> ends.counts().forEach((fault, counts) -> {
            if (counts.count() > 0) {
                histogram.dataPoint(point(counts, Labels.of("error_type", fault.text(),
                        "rpc_method", method, "rpc_system_name", SYSTEM)));
            }
        }));
        return histogram.build();
    }

    private static HistogramDataPointSnapshot point(Counts counts, Labels labels) {
        return HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(
                        ClassicHistogramBuckets.of(Counts.boundsSeconds(), counts.ranges()))
                .sum(counts.sumSeconds())
                .labels(labels)
                .build();
    }
}
