package io.macula.actors.http;

import java.util.Map;
import java.util.Optional;

/// Who asks for something that depends on who asks.
///
/// @param query decoded; of a repeated key the first value
public record Visit(Map<String, String> query, RequestHead.Headers headers) {

    public Visit {
        query = Map.copyOf(query);
    }

    /// The first field of that name.
    public Optional<String> header(String name) {
        return headers.all(name).stream().findFirst();
    }

    /// The value of a cookie (RFC 6265, 5.4).
    public Optional<String> cookie(String name) {
        for (var field : headers.all("cookie")) {
            for (var pair : field.split(";", -1)) {
                var equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                    return Optional.of(pair.substring(equals + 1).strip());
                }
            }
        }
        return Optional.empty();
    }
}
