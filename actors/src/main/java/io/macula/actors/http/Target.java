package io.macula.actors.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The address a request asks for, taken apart and decoded once (RFC 9112, 3.2.1: origin-form).
///
/// @param raw as it was written
/// @param path decoded; empty when it has a segment that is empty, `.` or `..`, or holds a slash, a backslash
///             or a control character, or when it is too deep: nothing stands at such a path
/// @param query decoded; of a repeated key the first value
public record Target(String raw, String path, Map<String, String> query) {

    /// Segments of the deepest path there is.
    static final int DEPTH_MAX = 32;

    public Target {
        query = Map.copyOf(query);
    }

    /// Empty when it is not an address in this form, or not well encoded.
    public static Optional<Target> parse(String text) {
        if (!text.startsWith("/")
                || !text.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '#')) {
            return Optional.empty();
        }
        var mark = text.indexOf('?');
        var raw = mark < 0 ? text : text.substring(0, mark);
        try {
            return Optional.of(new Target(text, path(raw),
                    mark < 0 ? Map.of() : query(text.substring(mark + 1))));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /// The same address with a slash behind its path, as it is written.
    public String asFolder() {
        var mark = raw.indexOf('?');
        return mark < 0 ? raw + "/" : raw.substring(0, mark) + "/" + raw.substring(mark);
    }

    private static String path(String raw) throws CharacterCodingException {
        var segments = raw.substring(1).split("/", -1);
        var path = new StringBuilder(raw.length());
        var isPlain = segments.length <= DEPTH_MAX;
        for (var i = 0; i < segments.length; i++) {
            var segment = decoded(segments[i], false);
            var isLast = i == segments.length - 1;
            isPlain &= isPlain(segment) && (isLast || !segment.isEmpty());
            path.append('/').append(segment);
        }
        return isPlain ? path.toString() : "";
    }

    private static boolean isPlain(String segment) {
        return !segment.equals(".") && !segment.equals("..")
                && segment.chars()
                        .noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    }

    private static Map<String, String> query(String text) throws CharacterCodingException {
        var query = new LinkedHashMap<String, String>();
        for (var pair : text.split("&", -1)) {
            var equals = pair.indexOf('=');
            var key = decoded(equals < 0 ? pair : pair.substring(0, equals), true);
            if (!key.isEmpty()) {
                query.putIfAbsent(key,
                        equals < 0 ? "" : decoded(pair.substring(equals + 1), true));
            }
        }
        return query;
    }

    /// Percent-encoded UTF-8 (RFC 3986, 2.1); in a query `+` is a blank.
    private static String decoded(String text, boolean isQuery) throws CharacterCodingException {
        var bytes = new ByteArrayOutputStream(text.length());
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '%') {
                bytes.write(octet(text, i));
                i += 2;
            } else {
                bytes.write(isQuery && c == '+' ? ' ' : c);
            }
        }
        return StandardCharsets.UTF_8.newDecoder()
                .decode(ByteBuffer.wrap(bytes.toByteArray()))
                .toString();
    }

    private static int octet(String text, int at) throws CharacterCodingException {
        if (at + 2 >= text.length()) {
            throw new CharacterCodingException();
        }
        var high = Character.digit(text.charAt(at + 1), 16);
        var low = Character.digit(text.charAt(at + 2), 16);
        if (high < 0 || low < 0) {
            throw new CharacterCodingException();
        }
        return high << 4 | low;
    }
}
