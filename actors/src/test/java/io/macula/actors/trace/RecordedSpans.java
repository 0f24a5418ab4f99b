package io.macula.actors.trace;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/// Records every span, and names those that have ended.
public final class RecordedSpans {

    private final List<String> ended = new CopyOnWriteArrayList<>();
    private final AtomicBoolean chooses = new AtomicBoolean();
    private final Tracing tracing = new Tracing(
            SdkTracerProvider.builder().addSpanProcessor(new SpanProcessor() {
                @Override
                public void onStart(Context parentContext, ReadWriteSpan span) {}

                @Override
                public boolean isStartRequired() {
                    return false;
                }

                @Override
                public void onEnd(ReadableSpan span) {
                    ended.add(span.getName());
                }

                @Override
                public boolean isEndRequired() {
                    return true;
                }
            }).build().get("test"), new Tracing.Choice() {
                @Override
                public boolean root() {
                    return chooses.get();
                }

                @Override
                public boolean continued() {
                    return true;
                }
            });

    public Tracing tracing() {
        return tracing;
    }

    /// From now on whatever begins becomes a trace.
    public void choosesRoots() {
        chooses.set(true);
    }

    public List<String> ended() {
        return List.copyOf(ended);
    }
}
