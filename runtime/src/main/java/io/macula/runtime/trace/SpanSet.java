package io.macula.runtime.trace;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/// Spans from several nodes as one list.
public final class SpanSet {

    private SpanSet() {}

    /// Each span once, in the order in which they began. Of two with one id the one of `first` stays.
    public static List<SpanLine> of(List<SpanLine> first, List<SpanLine> second) {
        var byId = new LinkedHashMap<String, SpanLine>();
        Stream.concat(first.stream(), second.stream())
                .forEach(span -> byId.putIfAbsent(span.spanId(), span));
        return byId.values().stream().sorted(Comparator.comparing(SpanLine::start)).toList();
    }
}
