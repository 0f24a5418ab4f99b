package io.macula.app.observe;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [Observe] of a workload nobody looks at.
record Unseen() implements Observe {

    @Override
    public Logger log(String name) {
        return LoggerFactory.getLogger(name);
    }

    @Override
    public Counter counter(String name) {
        return new Nothing();
    }

    @Override
    public Meter gauge(String name, DoubleSupplier value) {
        return new Nothing();
    }

    @Override
    public Timer timer(String name) {
        return new Nothing();
    }

    @Override
    public Span span(String name) {
        return new NoSpan();
    }

    @Override
    public Tracer tracer() {
        return TracerProvider.noop().get("unseen");
    }

    private record NoSpan() implements Span {

        @Override
        public Span with(String key, String value) {
            return this;
        }

        @Override
        public Span with(String key, long value) {
            return this;
        }

        @Override
        public Span failed(String reason) {
            return this;
        }

        @Override
        public void close() {}
    }

    private record Nothing() implements Counter, Timer {

        @Override
        public void add(long amount) {}

        @Override
        public void record(Duration taken) {}

        @Override
        public void close() {}
    }
}
