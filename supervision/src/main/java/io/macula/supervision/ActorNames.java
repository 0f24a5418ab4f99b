package io.macula.supervision;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Names of children's actors, `id~attempt`: no two incarnations of a child share one, and the id can
/// be read back.
final class ActorNames {

    private static final char SEPARATOR = '~';

    private ActorNames() {}

    /// The name of the `attempt`th actor of child `id`.
    static String of(String id, int attempt) {
        return encode(id) + SEPARATOR + attempt;
    }

    /// `id` with only what an actor's path allows, and without the separator.
    static String encode(String id) {
        return isPlain(id) ? id : URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    /// The id in an actor's name; the whole name when it holds no separator.
    static String id(String name) {
        int end = name.indexOf(SEPARATOR);
        var encoded = end < 0 ? name : name.substring(0, end);
        return isPlain(encoded) ? encoded : URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
                    || c == '_' || c == '-' || c == '.' || c == '*';
            if (!plain) {
                return false;
            }
        }
        return true;
    }
}
