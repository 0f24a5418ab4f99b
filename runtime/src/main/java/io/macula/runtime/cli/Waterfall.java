package io.macula.runtime.cli;

import io.macula.runtime.trace.SpanLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The spans of a trace as text: who began whom, on which node, when and for how long.
final class Waterfall {

    private static final int BAR_CHARS = 40;

    private static final int NODE_CHARS = 8;

    /// Deeper spans are drawn no further to the right.
    private static final int DEPTH_MAX = 40;

    private final List<SpanLine> spans;
    private final Instant start;
    private final long totalNanos;

    /// @param spans
    ///            of one trace, at least one
    Waterfall(List<SpanLine> spans) {
        this.spans = spans;
        this.start = spans.stream()
                .map(SpanLine::start)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        var end = spans.stream().map(SpanLine::end).max(Comparator.naturalOrder()).orElseThrow();
        this.totalNanos = Math.max(1, Duration.between(start, end).toNanos());
    }

    List<String> lines(String traceId) {
        var nodes = spans.stream().map(SpanLine::node).distinct().count();
        var lines = new ArrayList<String>();
        lines.add("trace " + traceId + ": " + counted(spans.size(), "span") + " on "
                + counted(nodes, "node") + ", " + millis(totalNanos));
        var rows = new ArrayList<List<String>>();
        var children = children();
        var drawn = new HashSet<String>();
        roots().forEach(root -> add(rows, root, children, drawn, 0));
        // What is left belongs to a ring, which only a lying node can make.
        spans.forEach(span -> add(rows, span, children, drawn, 0));
        lines.addAll(Table.lines(rows));
        return lines;
    }

    private static String counted(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private List<SpanLine> roots() {
        var ids = new HashSet<String>();
        spans.forEach(span -> ids.add(span.spanId()));
        return spans.stream().filter(span -> !ids.contains(span.parentId())).toList();
    }

    private Map<String, List<SpanLine>> children() {
        var children = new HashMap<String, List<SpanLine>>();
        spans.forEach(span -> children.computeIfAbsent(span.parentId(), _ -> new ArrayList<>())
                .add(span));
        return children;
    }

    private void add(List<List<String>> rows, SpanLine span,
            Map<String, List<SpanLine>> children, Set<String> drawn, int depth) {
        if (!drawn.add(span.spanId())) {
            return;
        }
        rows.add(row(span, depth));
        children.getOrDefault(span.spanId(), List.of())
                .forEach(child -> add(rows, child, children, drawn, depth + 1));
    }

    private List<String> row(SpanLine span, int depth) {
        var after = Duration.between(start, span.start()).toNanos();
        return List.of("  ".repeat(Math.min(depth, DEPTH_MAX)) + span.name(),
                span.node().substring(0, NODE_CHARS), bar(after, span.took().toNanos()),
                "+" + millis(after), millis(span.took().toNanos()), remark(span));
    }

    private static String remark(SpanLine span) {
        var path = span.facts().getOrDefault("macula.path", "");
        return span.error().isEmpty() ? path : "FAILED: " + span.error();
    }

    /// At least one mark wide, however short the span.
    private String bar(long afterNanos, long tookNanos) {
        var from = (int) Math.min(BAR_CHARS - 1L, share(afterNanos));
        var length = (int) Math.clamp(share(tookNanos), 1, BAR_CHARS - from);
        return "|" + " ".repeat(from) + "=".repeat(length)
                + " ".repeat(BAR_CHARS - from - length) + "|";
    }

    private long share(long nanos) {
        return Math.round((double) nanos * BAR_CHARS / totalNanos);
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
    }
}
