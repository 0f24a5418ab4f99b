package io.macula.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.actors.wire.MessageType;
import io.macula.actors.wire.WireText;
import io.macula.runtime.config.Nearest;
import io.macula.runtime.json.Json;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Carries out `wire decode` and `wire encode`.
final class FrameTool {

    private final Console console;

    FrameTool(Console console) {
        this.console = console;
    }

    int decode(String hex, boolean json) {
        var bytes = bytes(hex);
        if (bytes.isEmpty()) {
            return console.fail(ExitCode.USAGE,
                    "a frame is an even number of hexadecimal digits, such as 0103...");
        }
        return switch (WireText.read(bytes.get())) {
            case WireText.Read.Frame(var type, var fields) -> {
                show(type, fields, json);
                yield ExitCode.OK.number();
            }
            case WireText.Read.UnknownType(var id) -> console.fail(ExitCode.FAILED,
                    "no message type has the id %d (0x%02x)".formatted(id, id));
            case WireText.Read.Malformed(var error, var message) -> console.fail(ExitCode.FAILED,
                    "this is no sound frame (" + error.code() + "): " + message);
        };
    }

    int encode(String typeName, String text) {
        if (MessageType.of(typeName).isEmpty()) {
            return console.fail(ExitCode.USAGE, "there is no message type '" + typeName + "'"
                    + Nearest.to(typeName, typeNames())
                            .map(near -> "; did you mean " + near + "?")
                            .orElse(""));
        }
        return switch (Json.parse(text)) {
            case Json.Parsed.Value(var json) when json.isObject() -> encode(typeName, json);
            case Json.Parsed.Value _ -> console.fail(ExitCode.USAGE,
                    "the fields have to be one JSON object");
            case Json.Parsed.Malformed(var reason) -> console.fail(ExitCode.USAGE,
                    "the fields are not JSON: " + reason);
        };
    }

    private int encode(String typeName, JsonNode json) {
        return switch (WireText.write(typeName, fields(json))) {
            case WireText.Written.Frame(_, var frame) -> {
                console.print(frame.hex());
                yield ExitCode.OK.number();
            }
            case WireText.Written.Refused(var message) -> console.fail(ExitCode.FAILED,
                    "no " + typeName + " can be made of this: " + message);
        };
    }

    private void show(MessageType type, Map<String, @Nullable Object> fields, boolean asJson) {
        var tree = Json.tree(fields);
        if (asJson) {
            var frame = Json.object().put("type", type.wireName()).put("id", type.id());
            console.print(Json.write(frame.set("fields", tree)));
            return;
        }
        console.print("%s (0x%02x)".formatted(type.wireName(), type.id()));
        tree.propertyStream()
                .forEach(field -> console.print("  " + field.getKey() + "  " + field.getValue()));
    }

    private static List<String> typeNames() {
        return Arrays.stream(MessageType.values()).map(MessageType::wireName).toList();
    }

    private static Optional<byte[]> bytes(String hex) {
        try {
            return Optional.of(HexFormat.of().parseHex(hex.strip()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Map<String, @Nullable Object> fields(JsonNode object) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        object.propertyStream()
                .forEach(
                        field -> fields.put(field.getKey(), plain(field.getValue())));
        return fields;
    }

    private static @Nullable Object plain(JsonNode json) {
        return switch (json.getNodeType()) {
            case OBJECT -> fields(json);
            case ARRAY -> json.valueStream().map(FrameTool::plain).toList();
            case BOOLEAN -> json.booleanValue();
            case NUMBER -> number(json);
            case NULL, MISSING -> null;
            case STRING, BINARY, POJO -> json.asText();
        };
    }

    private static Object number(JsonNode json) {
        if (!json.isIntegralNumber()) {
            return json.doubleValue();
        }
        return json.canConvertToLong() ? (Object) json.longValue() : json.bigIntegerValue();
    }
}
