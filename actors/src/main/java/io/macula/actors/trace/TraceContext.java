package io.macula.actors.trace;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which trace a message belongs to, and which span it comes from. Travels as a `traceparent` (W3C
/// Trace Context, level 1, section 3.2).
///
/// @param traceId 32 lower-case hexadecimal digits, not all zero
/// @param spanId 16 lower-case hexadecimal digits, not all zero
/// @param flags 0 to 255; the lowest bit says that the trace is recorded
public record TraceContext(String traceId, String spanId, int flags) {

    private static final int TRACE_DIGITS = 32;
    private static final int SPAN_DIGITS = 16;
    private static final int TRACE_AT = 3;
    private static final int SPAN_AT = TRACE_AT + TRACE_DIGITS + 1;
    private static final int FLAGS_AT = SPAN_AT + SPAN_DIGITS + 1;

    /// Characters of a `traceparent` of version 00.
    public static final int TEXT_CHARS = FLAGS_AT + 2;

    /// Longest text of a later version that is looked at.
    private static final int TEXT_CHARS_MAX = 512;

    private static final int SAMPLED = 1;

    public TraceContext {
        if (!isTraceId(traceId) || !isSpanId(spanId) || flags < 0 || flags > 255) {
            throw new IllegalArgumentException("no trace context: " + traceId + ", " + spanId);
        }
    }

    /// Reads a `traceparent`. Empty for one that is absent or malformed: it counts as not sent (3.2.2.4).
    /// Of a later version the fields of version 00 are read.
    public static Optional<TraceContext> parse(@Nullable String text) {
        return text != null && isWellFormed(text)
                ? Optional.of(new TraceContext(text.substring(TRACE_AT, SPAN_AT - 1),
                        text.substring(SPAN_AT, FLAGS_AT - 1),
                        Integer.parseInt(text, FLAGS_AT, TEXT_CHARS, 16)))
                : Optional.empty();
    }

    private static boolean isWellFormed(String text) {
        return text.length() >= TEXT_CHARS && text.length() <= TEXT_CHARS_MAX
                && isHex(text, 0, 2) && isVersion(text)
                && text.charAt(TRACE_AT - 1) == '-'
                && isId(text, TRACE_AT, TRACE_DIGITS)
                && text.charAt(SPAN_AT - 1) == '-'
                && isId(text, SPAN_AT, SPAN_DIGITS)
                && text.charAt(FLAGS_AT - 1) == '-'
                && isHex(text, FLAGS_AT, 2);
    }

    private static boolean isVersion(String text) {
        if (text.startsWith("00")) {
            return text.length() == TEXT_CHARS;
        }
        return !text.startsWith("ff")
                && (text.length() == TEXT_CHARS || text.charAt(TEXT_CHARS) == '-');
    }

    /// Whether a text is the id of a trace.
    public static boolean isTraceId(String text) {
        return text.length() == TRACE_DIGITS && isId(text, 0, TRACE_DIGITS);
    }

    /// Whether a text is the id of a span.
    public static boolean isSpanId(String text) {
        return text.length() == SPAN_DIGITS && isId(text, 0, SPAN_DIGITS);
    }

    private static boolean isId(String text, int from, int digits) {
        if (!isHex(text, from, digits)) {
            return false;
        }
        for (var i = from; i < from + digits; i++) {
            if (text.charAt(i) != '0') {
                return true;
            }
        }
        return false;
    }

    private static boolean isHex(String text, int from, int digits) {
        if (text.length() < from + digits) {
            return false;
        }
        for (var i = from; i < from + digits; i++) {
            var c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    /// Whether the trace is recorded.
    public boolean isSampled() {
        return (flags & SAMPLED) != 0;
    }

    /// The `traceparent` of version 00.
    public String text() {
        return "00-" + traceId + '-' + spanId + '-' + Character.forDigit(flags >> 4, 16)
                + Character.forDigit(flags & 15, 16);
    }
}
