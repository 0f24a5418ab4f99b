package io.macula.runtime.trace;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The spans of one node that have ended, the latest traces first to be found and last to be forgotten.
/// Bounded by traces and by spans; safe to use from any thread.
public final class TraceStore implements SpanProcessor {

    /// Spans of one trace that are kept; the first ones are.
    static final int SPANS_PER_TRACE_MAX = 256;

    private static final String NO_PARENT = "0000000000000000";

    private final String node;
    private final int tracesMax;
    private final int spansMax;
    /// In the order in which their first spans ended.
    private final LinkedHashMap<String, List<SpanLine>> traces = new LinkedHashMap<>();
    private int spans;

    /// @param node
    ///            its id
    TraceStore(String node, int tracesMax, int spansMax) {
        this.node = node;
        this.tracesMax = tracesMax;
        this.spansMax = spansMax;
    }

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onStart(Context parentContext, ReadWriteSpan span) {}

    @Override
    public boolean isEndRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        keep(line(span.toSpanData()));
    }

    private SpanLine line(SpanData span) {
        var facts = new HashMap<String, String>();
        span.getAttributes().forEach((key, value) -> facts.put(key.getKey(), value.toString()));
        var took = Math.max(0, span.getEndEpochNanos() - span.getStartEpochNanos());
        return new SpanLine(span.getTraceId(), span.getSpanId(),
                span.getParentSpanId().equals(NO_PARENT) ? "" : span.getParentSpanId(), node,
                span.getName(), span.getKind().name().toLowerCase(Locale.ROOT),
                Instant.ofEpochSecond(0, span.getStartEpochNanos()), Duration.ofNanos(took),
                error(span.getStatus()), facts);
    }

    private static String error(StatusData status) {
        return switch (status.getStatusCode()) {
            case ERROR ->
                status.getDescription().isEmpty() ? "failed" : status.getDescription();
            case OK, UNSET -> "";
        };
    }

    synchronized void keep(SpanLine line) {
        var known = traces.computeIfAbsent(line.traceId(), _ -> new ArrayList<>(4));
        if (known.size() >= SPANS_PER_TRACE_MAX) {
            return;
        }
        known.add(line);
        spans++;
        while (traces.size() > tracesMax || spans > spansMax) {
            var eldest = traces.pollFirstEntry();
            spans -= eldest.getValue().size();
        }
    }

    /// What this node did for a trace, in the order in which it began; empty when it knows nothing of it.
    public synchronized List<SpanLine> find(String traceId) {
        return traces.getOrDefault(traceId, List.of())
                .stream()
                .sorted(Comparator.comparing(SpanLine::start))
                .toList();
    }

    /// The latest traces this node took part in, the latest first.
    ///
    /// @param most
    ///            0 or more
    public synchronized List<TraceLine> recent(int most) {
        return traces.sequencedEntrySet()
                .reversed()
                .stream()
                .limit(most)
                .map(TraceStore::line)
                .toList();
    }

    private static TraceLine line(Map.Entry<String, List<SpanLine>> trace) {
        var all = trace.getValue();
        var first = all.stream().min(Comparator.comparing(SpanLine::start)).orElseThrow();
        var end = all.stream().map(SpanLine::end).max(Comparator.naturalOrder()).orElseThrow();
        return new TraceLine(trace.getKey(), first.name(), first.start(),
                Duration.between(first.start(), end), all.size(),
                all.stream().anyMatch(span -> !span.error().isEmpty()));
    }
}
