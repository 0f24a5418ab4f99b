package io.macula.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.runtime.json.Json;
import java.util.ArrayList;
import java.util.List;

/// The answers to the commands below `state` as lines for people.
final class StatePrinter {

    private StatePrinter() {}

    static List<String> nothing(JsonNode answer) {
        return List.of();
    }

    static List<String> path(JsonNode answer) {
        return List.of(answer.path("path").asText());
    }

    static List<String> count(JsonNode answer) {
        return List.of(answer.path("value").asText());
    }

    /// One value by itself; of several types each after its name. A set has a line per element.
    static List<String> values(JsonNode answer) {
        var values = answer.path("values");
        var lines = new ArrayList<String>();
        values.properties().forEach(value -> {
            var prefix = values.size() == 1 ? "" : value.getKey() + " ";
            lines(value.getValue()).forEach(line -> lines.add(prefix + line));
        });
        return lines;
    }

    private static List<String> lines(JsonNode value) {
        var lines = new ArrayList<String>();
        if (value.isArray()) {
            value.forEach(element -> lines.add(element.asText()));
        } else if (value.isObject()) {
            value.properties()
                    .forEach(field -> lines.add(field.getKey() + " " + (field.getValue().isObject()
                            ? Json.write(field.getValue())
                            : field.getValue().asText())));
        } else {
            lines.add(value.asText());
        }
        return lines;
    }

    static List<String> keys(JsonNode answer) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("KEY", "TYPE"));
        answer.path("keys")
                .forEach(key -> rows
                        .add(List.of(key.path("key").asText(), key.path("type").asText())));
        return Table.lines(rows);
    }

    /// Such as `added cart milk`.
    static String change(JsonNode line) {
        var text = new StringBuilder(line.path("change").asText());
        text.append(' ').append(line.path(line.has("path") ? "path" : "key").asText());
        for (var field : List.of("field", "element", "value")) {
            if (line.has(field)) {
                text.append(' ').append(line.path(field).asText());
            }
        }
        return text.toString();
    }
}
