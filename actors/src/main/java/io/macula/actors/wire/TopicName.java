package io.macula.actors.wire;

import java.util.List;
import java.util.Optional;

/// What a message is published on: up to 64 segments divided by dots, without wildcards,
/// case-sensitive.
public final class TopicName {

    /// What reading a text came to.
    public sealed interface Parsed {
        record Ok(TopicName topic) implements Parsed {}

        /// One sentence on what is wrong.
        record Invalid(String message) implements Parsed {}
    }

    private final String text;
    private final List<String> segments;

    private TopicName(String text) {
        this.text = text;
        this.segments = List.copyOf(Segments.split(text));
    }

    public static Parsed parse(String text) {
        return Segments.complaint("topic", text, false)
                .<Parsed>map(Parsed.Invalid::new)
                .orElseGet(() -> new Parsed.Ok(new TopicName(text)));
    }

    /// Empty when `text` is no topic; [#parse] says why.
    public static Optional<TopicName> of(String text) {
        return parse(text) instanceof Parsed.Ok(var topic) ? Optional.of(topic) : Optional.empty();
    }

    /// Whether `text` is a topic; [#parse] says why not.
    public static boolean isOne(String text) {
        return Segments.areNames(text);
    }

    public String text() {
        return text;
    }

    public List<String> segments() {
        return segments;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TopicName that && text.equals(that.text);
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
