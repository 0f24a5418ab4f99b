package io.macula.actors.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import org.jspecify.annotations.Nullable;

/// Begins the spans of a node. What belongs to no recorded trace gets [OpenSpan#NONE], which costs a
/// look at the thread's context and, where a trace could begin, the roll of a die: nothing is
/// allocated. Safe to use from any thread.
public final class Tracing {

    /// In the context of a root that is to be recorded; a sampler looks for it.
    public static final ContextKey<Boolean> CHOSEN = ContextKey.named("macula-chosen");

    /// Says which spans are recorded.
    public interface Choice {

        /// Whether something that begins here becomes a trace.
        boolean root();

        /// Whether one more span of a trace that began elsewhere is recorded.
        boolean continued();
    }

    /// Records nothing.
    public static final Tracing OFF = new Tracing(TracerProvider.noop().get("off"), new Choice() {
        @Override
        public boolean root() {
            return false;
        }

        @Override
        public boolean continued() {
            return false;
        }
    });

    private final Tracer tracer;
    private final Choice choice;

    /// @param tracer records each span it is asked for that has [#CHOSEN] in its context or a
    ///     recorded parent
    public Tracing(Tracer tracer, Choice choice) {
        this.tracer = tracer;
        this.choice = choice;
    }

    /// For spans that a workload opens.
    public Tracer tracer() {
        return tracer;
    }

    /// Something begins here: within what this thread handles if that is recorded, else as a trace of
    /// its own if it is chosen.
    public OpenSpan begin(Doing doing, String what) {
        var context = Context.current();
        if (Span.fromContext(context).getSpanContext().isSampled()) {
            return open(doing, what, context);
        }
        return choice.root() ? forced(doing, what) : OpenSpan.NONE;
    }

    /// Something begins here that is recorded in any case, as a trace of its own.
    public OpenSpan forced(Doing doing, String what) {
        return open(doing, what, Context.root().with(CHOSEN, true));
    }

    /// Within what this thread handles; not recorded unless that is.
    public OpenSpan within(Doing doing, String what) {
        var context = Context.current();
        return Span.fromContext(context).getSpanContext().isSampled()
                ? open(doing, what, context)
                : OpenSpan.NONE;
    }

    /// Goes on with what a message brought along, if it brought something that is recorded.
    ///
    /// @param traceparent as it came, which may be anything
    public OpenSpan continued(Doing doing, String what, @Nullable String traceparent) {
        if (traceparent == null) {
            return OpenSpan.NONE;
        }
        var parent = TraceContext.parse(traceparent).filter(TraceContext::isSampled);
        return parent.isPresent() && choice.continued()
                ? open(doing, what, Context.root().with(Span.wrap(remote(parent.get()))))
                : OpenSpan.NONE;
    }

    private static SpanContext remote(TraceContext context) {
        return SpanContext.createFromRemoteParent(context.traceId(), context.spanId(),
                TraceFlags.fromByte((byte) context.flags()), TraceState.getDefault());
    }

    private OpenSpan open(Doing doing, String what, Context parent) {
        return OpenSpan.of(tracer.spanBuilder(doing.verb + ' ' + what)
                .setParent(parent)
                .setSpanKind(doing.kind)
                .setAttribute(doing.conventions.system, "macula")
                .setAttribute(doing.conventions.operation, doing.verb)
                .setAttribute(doing.conventions.name, what)
                .startSpan());
    }

    /// A step of a workload's own within what this thread handles.
    public OpenSpan step(String name) {
        var context = Context.current();
        return Span.fromContext(context).getSpanContext().isSampled()
                ? OpenSpan.of(tracer.spanBuilder(name)
                        .setParent(context)
                        .setSpanKind(SpanKind.INTERNAL)
                        .startSpan())
                : OpenSpan.NONE;
    }
}
