package io.macula.runtime.observe;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// Names figures that are kept elsewhere, so that they are read when somebody looks. A label has few values,
/// which are known here. One that throws is shown as no number.
public final class Figures {

    private final PrometheusMeterRegistry registry;
    /// Counters hold what they read from only weakly.
    private final List<DoubleSupplier> kept = new ArrayList<>();

    Figures(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    /// What only grows.
    public void count(String name, String help, DoubleSupplier value) {
        counter(name, help, value).register(registry);
    }

    public void count(String name, String help, String label, String labelled,
            DoubleSupplier value) {
        counter(name, help, value).tag(label, labelled).register(registry);
    }

    /// What only grows, in bytes.
    public void bytes(String name, String help, DoubleSupplier value) {
        counter(name, help, value).baseUnit("bytes").register(registry);
    }

    /// What only grows, in seconds.
    public void seconds(String name, String help, DoubleSupplier value) {
        counter(name, help, value).baseUnit("seconds").register(registry);
    }

    /// What is so at the moment.
    public void gauge(String name, String help, DoubleSupplier value) {
        level(name, help, value).register(registry);
    }

    public void gauge(String name, String help, String unit, DoubleSupplier value) {
        level(name, help, value).baseUnit(unit).register(registry);
    }

    public void gauge(String name, String help, String label, String labelled,
            DoubleSupplier value) {
        level(name, help, value).tag(label, labelled).register(registry);
    }

    /// What only grows, with labels whose values are not known before.
    ///
    /// @param name with `_` between its words
    /// @param rows by the values of `labels`; at most 200 are shown
    public void counts(String name, String help, List<String> labels,
            Supplier<Map<List<String>, Double>> rows) {
        registry.getPrometheusRegistry()
                .register(new Rows(name, help, Rows.Kind.COUNT, labels, rows));
    }

    /// What is so at the moment, with labels whose values are not known before.
    ///
    /// @param name with `_` between its words
    /// @param rows by the values of `labels`; at most 200 are shown
    public void gauges(String name, String help, List<String> labels,
            Supplier<Map<List<String>, Double>> rows) {
        registry.getPrometheusRegistry()
                .register(new Rows(name, help, Rows.Kind.GAUGE, labels, rows));
    }

    private FunctionCounter.Builder<DoubleSupplier> counter(String name, String help,
            DoubleSupplier value) {
        kept.add(value);
        return FunctionCounter.builder(name, value, DoubleSupplier::getAsDouble).description(help);
    }

    private static Gauge.Builder<DoubleSupplier> level(String name, String help,
            DoubleSupplier value) {
        return Gauge.builder(name, value, DoubleSupplier::getAsDouble)
                .strongReference(true)
                .description(help);
    }
}
