package io.macula.runtime.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// Spans for tests, told by numbers.
public final class Spans {

    public static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private Spans() {}

    /// @param parent 0 for none
    public static SpanLine span(int number, int parent, String name, long fromMillis,
            long tookMillis) {
        return span(TRACE, number, parent, name, fromMillis, tookMillis, "");
    }

    public static SpanLine span(String trace, int number, int parent, String name,
            long fromMillis, long tookMillis, String error) {
        return new SpanLine(trace, id(number), parent == 0 ? "" : id(parent),
                String.valueOf(number % 10).repeat(40), name, "internal",
                Instant.ofEpochMilli(1_000_000 + fromMillis), Duration.ofMillis(tookMillis), error,
                Map.of("macula.path", "direct"));
    }

    public static String id(int number) {
        return String.format("%016x", number);
    }

    public static String trace(int number) {
        return String.format("%032x", number);
    }
}
