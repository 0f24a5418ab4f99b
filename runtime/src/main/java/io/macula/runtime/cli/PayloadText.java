package io.macula.runtime.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.app.Payload;
import io.macula.app.TopicMessage;
import io.macula.runtime.json.Json;

/// Shows payloads of strangers on a terminal: always one line, never a control sequence.
final class PayloadText {

    private PayloadText() {}

    /// The payload on one line; control characters are escaped.
    static String line(Payload payload) {
        var text = payload.text().strip();
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        return switch (Json.parse(text)) {
            case Json.Parsed.Value(var json) -> Json.write(json);
            case Json.Parsed.Malformed _ -> escaped(text);
        };
    }

    /// The message as one JSON object; a payload that is not JSON is a string and marked `raw`.
    static ObjectNode json(TopicMessage message) {
        var json = Json.object().put("topic", message.topic()).put("pattern", message.pattern());
        return switch (Json.parse(message.payload().text())) {
            case Json.Parsed.Value(var value) -> json.set("payload", value);
            case Json.Parsed.Malformed _ ->
                json.put("payload", message.payload().text()).put("raw", true);
        };
    }

    private static String escaped(String text) {
        var line = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            if (Character.isISOControl(c)) {
                line.append(String.format("\\u%04x", c));
            } else {
                line.append((char) c);
            }
        });
        return line.toString();
    }
}
