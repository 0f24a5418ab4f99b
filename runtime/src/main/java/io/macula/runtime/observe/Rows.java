package io.macula.runtime.observe;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// A figure whose label values are known only when somebody looks, such as the names of trees. At most [#ROWS_MAX]
/// of them are shown.
final class Rows implements Collector {

    static final int ROWS_MAX = 200;

    enum Kind {
        COUNT, GAUGE
    }

    private final String name;
    private final String help;
    private final Kind kind;
    private final List<String> labels;
    private final Supplier<Map<List<String>, Double>> rows;

    /// @param name as Prometheus has it, without `_total`
    /// @param rows by the values of the labels
    Rows(String name, String help, Kind kind, List<String> labels,
            Supplier<Map<List<String>, Double>> rows) {
        this.name = name;
        this.help = help;
        this.kind = kind;
        this.labels = List.copyOf(labels);
        this.rows = rows;
    }

    @Override
    public MetricSnapshot collect() {
        return switch (kind) {
            case COUNT -> counts();
            case GAUGE -> gauges();
        };
    }

    private CounterSnapshot counts() {
        var counter = CounterSnapshot.builder().name(name).help(help);
        shown().forEach(row -> counter.dataPoint(CounterDataPointSnapshot.builder()
                .labels(Labels.of(labels, row.getKey()))
                .value(row.getValue())
                .build()));
        return counter.build();
    }

    private GaugeSnapshot gauges() {
        var gauge = GaugeSnapshot.builder().name(name).help(help);
        shown().forEach(row -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of(labels, row.getKey()))
                .value(row.getValue())
                .build()));
        return gauge.build();
    }

    private List<Map.Entry<List<String>, Double>> shown() {
        return rows.get().entrySet().stream().limit(ROWS_MAX).toList();
    }
}
