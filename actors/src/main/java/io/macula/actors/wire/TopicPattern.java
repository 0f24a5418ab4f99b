package io.macula.actors.wire;

import java.util.List;
import java.util.Optional;

/// What a subscription asks for: a topic in which a whole segment may be `*`, any one segment,
/// or `**`, any number of segments, zero included.
public final class TopicPattern {

    /// What reading a text came to.
    public sealed interface Parsed {
        record Ok(TopicPattern pattern) implements Parsed {}

        /// One sentence on what is wrong.
        record Invalid(String message) implements Parsed {}
    }

    static final String ONE = "*";
    static final String MANY = "**";

    private final String text;
    private final List<String> segments;

    private TopicPattern(String text) {
        this.text = text;
        this.segments = List.copyOf(Segments.split(text));
    }

    public static Parsed parse(String text) {
        return Segments.complaint("topic pattern", text, true)
                .<Parsed>map(Parsed.Invalid::new)
                .orElseGet(() -> new Parsed.Ok(new TopicPattern(text)));
    }

    /// Empty when `text` is no topic pattern; [#parse] says why.
    public static Optional<TopicPattern> of(String text) {
        return parse(text) instanceof Parsed.Ok(var pattern)
                ? Optional.of(pattern)
                : Optional.empty();
    }

    public String text() {
        return text;
    }

    public List<String> segments() {
        return segments;
    }

    /// Whether the pattern has no wildcard, and so matches one topic.
    public boolean isLiteral() {
        return literalSegments() == segments.size();
    }

    /// The segments before the first wildcard, joined by dots: where a directory keeps the
    /// subscription. Empty for a pattern that begins with a wildcard.
    public String literalPrefix() {
        return String.join(".", segments.subList(0, literalSegments()));
    }

    private int literalSegments() {
        var count = 0;
        while (count < segments.size() && !Segments.isWildcard(segments.get(count))) {
            count++;
        }
        return count;
    }

    public boolean matches(TopicName topic) {
        return matches(segments, topic.segments());
    }

    /// Matches texts that may be neither a pattern nor a topic, as Macula 0.14 does: a wildcard
    /// inside a segment is literal, segments may be empty, and the empty text is one empty segment.
    public static boolean matches(String pattern, String topic) {
        return matches(Segments.split(pattern), Segments.split(topic));
    }

    /// Only the last `**` ever needs another try: what stood before it is matched for good. So
    /// the time is at most the product of the two lengths.
    private static boolean matches(List<String> pattern, List<String> topic) {
        var p = 0;
        var t = 0;
        var retryPattern = -1;
        var retryTopic = 0;
        while (t < topic.size()) {
            if (p < pattern.size() && pattern.get(p).equals(MANY)) {
                retryPattern = ++p;
                retryTopic = t;
            } else if (p < pattern.size() && matchesOne(pattern.get(p), topic.get(t))) {
                p++;
                t++;
            } else if (retryPattern >= 0) {
                p = retryPattern;
                t = ++retryTopic;
            } else {
                return false;
            }
        }
        while (p < pattern.size() && pattern.get(p).equals(MANY)) {
            p++;
        }
        return p == pattern.size();
    }

    private static boolean matchesOne(String pattern, String segment) {
        return pattern.equals(ONE) || pattern.equals(segment);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TopicPattern that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
