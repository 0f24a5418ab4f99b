package io.macula.runtime.observe;

import io.macula.app.observe.Counter;
import io.macula.app.observe.Meter;
import io.macula.app.observe.Observe;
import io.macula.app.observe.Span;
import io.macula.app.observe.Timer;
import io.macula.runtime.trace.WorkloadSpan;
import io.micrometer.core.instrument.Gauge;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [Observe] of one life of a workload. What it shows ends with [#close]. Safe to use from any thread.
public final class WorkloadObserve implements Observe, AutoCloseable {

    /// Before the names of the loggers of workloads.
    public static final String LOGGERS = "app.";

    private static final Logger LOG = LoggerFactory.getLogger(WorkloadObserve.class);

    private static final Pattern LOGGER_NAME = Pattern.compile("[A-Za-z0-9._$-]{1,200}");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,59}");

    /// What is put behind names, so that none may end so.
    private static final Pattern RESERVED = Pattern.compile(
            ".*_(total|seconds|count|sum|bucket|max|created|info)");

    /// The bounds of the timers of the OpenTelemetry conventions, and three below.
    private static final Duration[] BOUNDS = List.of(0.5, 1.0, 2.5, 5.0, 10.0, 25.0, 50.0, 75.0,
            100.0, 250.0, 500.0, 750.0, 1e3, 2.5e3, 5e3, 7.5e3, 1e4)
            .stream()
            .map(millis -> Duration.ofNanos(Math.round(millis * 1e6)))
            .toArray(Duration[]::new);

    private enum Kind {
        COUNTER, GAUGE, TIMER
    }

    private record Own(Kind kind, Meter meter) {}

    private final String workload;
    private final AppMeters meters;
    private final Map<String, Own> open = new HashMap<>();
    private boolean hasWarned;
    private boolean isClosed;

    WorkloadObserve(String workload, AppMeters meters) {
        this.workload = workload;
        this.meters = meters;
    }

    @Override
    public Logger log(String name) {
        if (!LOGGER_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a logger's name is 1 to 200 letters, digits, '.', '_', '$' and '-': " + name);
        }
        return LoggerFactory.getLogger(LOGGERS + workload + "." + name);
    }

    @Override
    public Counter counter(String name) {
        return (Counter) figure(name, Kind.COUNTER, full -> counting(name, full));
    }

    private Meter counting(String name, String full) {
        var shown = meters.show(workload, full,
                registry -> io.micrometer.core.instrument.Counter.builder(full)
                        .description("A count of the workload " + workload + ".")
                        .tag("workload", workload)
                        .register(registry));
        return shown.<Meter>map(counter -> new Counting(counter, () -> end(name, full, counter)))
                .orElseGet(this::unshown);
    }

    @Override
    public Meter gauge(String name, DoubleSupplier value) {
        return figure(name, Kind.GAUGE, full -> gauging(name, full, value));
    }

    private Meter gauging(String name, String full, DoubleSupplier value) {
        var shown = meters.show(workload, full,
                registry -> Gauge.builder(full, value, DoubleSupplier::getAsDouble)
                        .description("A figure of the workload " + workload + ".")
                        .tag("workload", workload)
                        .strongReference(true)
                        .register(registry));
        return shown.<Meter>map(gauge -> () -> end(name, full, gauge)).orElseGet(this::unshown);
    }

    @Override
    public Timer timer(String name) {
        return (Timer) figure(name, Kind.TIMER, full -> timing(name, full));
    }

    private Meter timing(String name, String full) {
        var shown = meters.show(workload, full,
                registry -> io.micrometer.core.instrument.Timer.builder(full)
                        .description("A time of the workload " + workload + ".")
                        .tag("workload", workload)
                        .serviceLevelObjectives(BOUNDS)
                        .register(registry));
        return shown.<Meter>map(timer -> new Timing(timer, () -> end(name, full, timer)))
                .orElseGet(this::unshown);
    }

    @Override
    public Span span(String name) {
        return WorkloadSpan.open(meters.tracing(), name);
    }

    @Override
    public Tracer tracer() {
        return meters.tracing().tracer();
    }

    private synchronized Meter figure(String name, Kind kind, Function<String, Meter> made) {
        if (!NAME.matcher(name).matches() || RESERVED.matcher(name).matches()) {
            throw new IllegalArgumentException("a figure's name is 1 to 60 lower-case letters, "
                    + "digits and '_', a letter first, without a unit or _total: " + name);
        }
        var known = open.get(name);
        if (known != null && known.kind() == kind) {
            return known.meter();
        }
        if (isClosed || known != null || open.size() >= METERS_MAX) {
            return unshown();
        }
        var meter = made.apply("app_" + workload.replace('-', '_') + "_" + name);
        if (!(meter instanceof Unshown)) {
            open.put(name, new Own(kind, meter));
        }
        return meter;
    }

    private Meter unshown() {
        meters.refuse();
        if (!hasWarned) {
            hasWarned = true;
            LOG.atWarn()
                    .addKeyValue("workload", workload)
                    .log("a figure is not shown: its name is taken, or there are too many");
        }
        return new Unshown();
    }

    private synchronized void end(String name, String full,
            io.micrometer.core.instrument.Meter meter) {
        open.remove(name);
        meters.hide(full, meter);
    }

    @Override
    public void close() {
        List<Own> left;
        synchronized (this) {
            isClosed = true;
            left = List.copyOf(open.values());
        }
        left.forEach(own -> own.meter().close());
    }

    private record Counting(io.micrometer.core.instrument.Counter counter, Runnable end)
            implements
                Counter {

        @Override
        public void add(long amount) {
            counter.increment(notNegative(amount));
        }

        @Override
        public void close() {
            end.run();
        }
    }

    private static long notNegative(long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("a counter only grows: " + amount);
        }
        return amount;
    }

    private record Timing(io.micrometer.core.instrument.Timer timer, Runnable end)
            implements
                Timer {

        @Override
        public void record(Duration taken) {
            timer.record(taken.isNegative() ? Duration.ZERO : taken);
        }

        @Override
        public void close() {
            end.run();
        }
    }

    /// Counts nothing.
    private record Unshown() implements Counter, Timer {

        @Override
        public void add(long amount) {
            notNegative(amount);
        }

        @Override
        public void record(Duration taken) {}

        @Override
        public void close() {}
    }
}
