package io.macula.actors.trace;

import io.macula.actors.rpc.CallOutcome;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// A span that has begun, or none. Each ends once; what is said after the end is ignored. Safe to use
/// from any thread.
public final class OpenSpan {

    /// What belongs to no recorded trace.
    public static final OpenSpan NONE = new OpenSpan(null);

    /// The field of log lines that names the trace.
    public static final String LOG_FIELD = "trace_id";

    /// Characters of a value that are kept: names and reasons come from anywhere.
    private static final int VALUE_CHARS_MAX = 512;

    private final @Nullable Span span;

    private OpenSpan(@Nullable Span span) {
        this.span = span;
    }

    static OpenSpan of(Span span) {
        return span.isRecording() ? new OpenSpan(span) : NONE;
    }

    public boolean isRecorded() {
        return span != null;
    }

    /// The id of its trace, 32 hexadecimal digits.
    public Optional<String> traceId() {
        return Optional.ofNullable(span).map(open -> open.getSpanContext().getTraceId());
    }

    /// What a message carries that belongs to it; null when there is nothing to carry.
    public @Nullable String traceparent() {
        if (span == null) {
            return null;
        }
        var context = span.getSpanContext();
        return new TraceContext(context.getTraceId(), context.getSpanId(),
                context.getTraceFlags().asByte() & 0xff).text();
    }

    /// A fact about it.
    public OpenSpan with(String key, String value) {
        if (span != null) {
            span.setAttribute(key, shortened(value));
        }
        return this;
    }

    /// A number about it.
    public OpenSpan with(String key, long value) {
        if (span != null) {
            span.setAttribute(key, value);
        }
        return this;
    }

    /// It did not end well.
    ///
    /// @param kind a stable word
    /// @param message one sentence
    public OpenSpan failed(String kind, String message) {
        if (span != null) {
            span.setAttribute("error.type", kind);
            span.setStatus(StatusCode.ERROR, shortened(message));
        }
        return this;
    }

    private static String shortened(String text) {
        return text.length() <= VALUE_CHARS_MAX
                ? text
                : text.substring(0, VALUE_CHARS_MAX - 3) + "...";
    }

    public void end() {
        if (span != null) {
            span.end();
        }
    }

    /// Ends it as the call did that it stands for.
    public void end(CallOutcome outcome) {
        if (span != null && outcome instanceof CallOutcome.Failed(var error, var message)) {
            failed(error.code(), message);
        }
        end();
    }

    /// Until it is closed, what this thread begins belongs to this span, and its log lines name the trace.
    /// Close it on the same thread.
    public Current enter() {
        return span == null ? Current.NOTHING : new Current(span);
    }

    /// The time in which a thread works for a span.
    public static final class Current implements AutoCloseable {

        private static final Current NOTHING = new Current(null);

        private final @Nullable Scope scope;
        private final @Nullable String before;

        /// It is closed with this one.
        @SuppressWarnings("MustBeClosedChecker")
        private Current(@Nullable Span span) {
            this.scope = span == null ? null : span.makeCurrent();
            this.before = span == null ? null : MDC.get(LOG_FIELD);
            if (span != null) {
                MDC.put(LOG_FIELD, span.getSpanContext().getTraceId());
            }
        }

        @Override
        public void close() {
            if (scope == null) {
                return;
            }
            scope.close();
            if (before == null) {
                MDC.remove(LOG_FIELD);
            } else {
                MDC.put(LOG_FIELD, before);
            }
        }
    }
}
