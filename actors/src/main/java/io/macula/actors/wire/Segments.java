package io.macula.actors.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The grammar that topics, patterns and procedures share: segments of `A-Z a-z 0-9 _ -`,
/// divided by dots, none of them empty.
final class Segments {

    static final int BYTES_MAX = 1024;
    static final int SEGMENTS_MAX = 64;

    private static final int SHOWN_MAX = 80;

    private Segments() {}

    /// The parts between dots; an empty text is one empty segment.
    static List<String> split(String text) {
        var segments = new ArrayList<String>(8);
        var from = 0;
        for (var dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', from)) {
            segments.add(text.substring(from, dot));
            from = dot + 1;
        }
        segments.add(text.substring(from));
        return segments;
    }

    static boolean isWildcard(String segment) {
        return segment.equals(TopicPattern.ONE) || segment.equals(TopicPattern.MANY);
    }

    /// Whether [#complaint] has nothing to say of a text without wildcards. Makes no garbage: it is
    /// asked for every message.
    static boolean areNames(String text) {
        if (text.length() > BYTES_MAX) {
            return false;
        }
        var segments = 1;
        var from = 0;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '.') {
                if (i == from) {
                    return false;
                }
                from = i + 1;
                segments++;
            } else if (!isLegal(c)) {
                return false;
            }
        }
        return from < text.length() && segments <= SEGMENTS_MAX;
    }

    /// What is wrong with `text` as a `kind` ("topic"), as one sentence; empty when nothing is.
    static Optional<String> complaint(String kind, String text, boolean wildcards) {
        if (text.isEmpty()) {
            return Optional.of("a " + kind + " must not be empty");
        }
        if (text.length() > BYTES_MAX) {
            return Optional.of("a " + kind + " has at most " + BYTES_MAX + " bytes, this one has "
                    + text.getBytes(StandardCharsets.UTF_8).length);
        }
        var segments = split(text);
        if (segments.size() > SEGMENTS_MAX) {
            return Optional.of("a " + kind + " has at most " + SEGMENTS_MAX
                    + " segments, this one has " + segments.size());
        }
        for (var segment : segments) {
            if (!isPlain(segment) && !(wildcards && isWildcard(segment))) {
                return Optional.of("the " + kind + " '" + shown(text) + "' "
                        + segmentComplaint(segment, wildcards));
            }
        }
        return Optional.empty();
    }

    private static String segmentComplaint(String segment, boolean wildcards) {
        if (segment.isEmpty()) {
            return "has an empty segment";
        }
        if (isWildcard(segment)) {
            return "has the wildcard " + segment + ", which only a subscription may have";
        }
        var illegal = segment.codePoints().filter(c -> !isLegal(c)).findFirst().orElse('.');
        return illegal == '*' && wildcards
                ? "has a wildcard that is not a whole segment"
                : "has the illegal character " + shown(illegal)
                        + "; letters, digits, _ and - are allowed";
    }

    private static boolean isPlain(String segment) {
        for (var i = 0; i < segment.length(); i++) {
            if (!isLegal(segment.charAt(i))) {
                return false;
            }
        }
        return !segment.isEmpty();
    }

    private static boolean isLegal(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                || c == '_' || c == '-';
    }

    private static String shown(int c) {
        return isPrintable(c) ? "'" + Character.toString(c) + "'" : "U+%04X".formatted(c);
    }

    /// The text, cut when long, without what would garble a terminal.
    private static String shown(String text) {
        var shown = new StringBuilder();
        text.codePoints()
                .limit(SHOWN_MAX)
                .forEach(c -> shown.appendCodePoint(isPrintable(c) ? c : '?'));
        return text.codePointCount(0, text.length()) > SHOWN_MAX ? shown + "..." : shown.toString();
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED,
                    Character.PRIVATE_USE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> true;
        };
    }
}
