package io.macula.runtime.observe;

import io.macula.actors.http.Answer;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/// The figures of a node in the text form of Prometheus (exposition format 0.0.4). Made when the first one asks or a
/// workload has a figure, so that a node nobody looks at has none of it. Safe to use from any thread.
public final class Exposition implements AutoCloseable {

    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Figures figures;

    /// With the figures of the traffic and of the JVM; others are added by [#figures].
    public Exposition(Traffic traffic) {
        var prometheus = new PrometheusRegistry();
        registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, prometheus, Clock.SYSTEM);
        figures = new Figures(registry);
        prometheus.register(new TrafficCollector(traffic));
        new JvmMemoryMetrics().bindTo(registry);
        collections.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        Machine.name(figures);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /// Takes the figures of the node's other parts.
    public Figures figures() {
        return figures;
    }

    /// Takes the figures of workloads.
    public MeterRegistry registry() {
        return registry;
    }

    /// All figures as they are now. May take a moment: a figure may ask a process.
    public String text() {
        return registry.scrape(TYPE);
    }

    /// The page `/metrics`.
    public Answer page() {
        return new Answer.Text(200, TYPE, text());
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
