package io.macula.actors.http;

import java.util.List;
import java.util.Optional;

/// What a request says of itself before its body.
///
/// @param target as it was written, not decoded
public record RequestHead(String method, String target, Headers headers) {

    /// The header fields of a request; their names are the same in any case.
    @FunctionalInterface
    public interface Headers {

        /// In the order they came; empty when there is none.
        List<String> all(String name);
    }

    /// The first field of that name.
    Optional<String> header(String name) {
        return headers.all(name).stream().findFirst();
    }

    /// Whether the field has that word in its list, in any case.
    boolean hasWord(String name, String word) {
        return headers.all(name)
                .stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .anyMatch(part -> part.strip().equalsIgnoreCase(word));
    }

    boolean asksForWebSocket() {
        return hasWord("upgrade", "websocket") && hasWord("connection", "upgrade");
    }
}
