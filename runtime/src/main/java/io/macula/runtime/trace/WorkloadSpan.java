package io.macula.runtime.trace;

import io.macula.actors.trace.OpenSpan;
import io.macula.actors.trace.Tracing;
import io.macula.app.observe.Span;

/// A step that a workload opened on the thread that handles its request.
public final class WorkloadSpan implements Span {

    private static final int NAME_CHARS_MAX = 128;

    private final OpenSpan span;
    private final OpenSpan.Current current;
    private boolean isClosed;

    private WorkloadSpan(OpenSpan span) {
        this.span = span;
        this.current = span.enter();
    }

    /// Opens a step; recorded if what this thread handles is.
    public static Span open(Tracing tracing, String name) {
        return new WorkloadSpan(tracing.step(name.length() <= NAME_CHARS_MAX
                ? name
                : name.substring(0, NAME_CHARS_MAX)));
    }

    @Override
    public Span with(String key, String value) {
        span.with(key, value);
        return this;
    }

    @Override
    public Span with(String key, long value) {
        span.with(key, value);
        return this;
    }

    @Override
    public Span failed(String reason) {
        span.failed("step_failed", reason);
        return this;
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            current.close();
            span.end();
        }
    }
}
