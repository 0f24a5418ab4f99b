package io.macula.app.observe;

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

    private record Nothing() implements Counter, Timer {

        @Override
        public void add(long amount) {}

        @Override
        public void record(Duration taken) {}

        @Override
        public void close() {}
    }
}
