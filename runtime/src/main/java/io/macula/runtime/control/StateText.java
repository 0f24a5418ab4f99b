package io.macula.runtime.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.crdt.BoundedCounter;
import io.macula.crdt.Bytes;
import io.macula.crdt.Crdt;
import io.macula.crdt.Difference;
import io.macula.crdt.GCounter;
import io.macula.crdt.LwwMap;
import io.macula.crdt.LwwRegister;
import io.macula.crdt.OrMap;
import io.macula.crdt.OrSet;
import io.macula.crdt.Path;
import io.macula.crdt.PnCounter;
import io.macula.crdt.Type;
import io.macula.runtime.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;

/// Shared state as JSON. Bytes are text where they are readable and do not begin with `hex:`, else
/// `hex:` and digits.
public final class StateText {

    /// Elements of one set or map that are shown.
    static final int ELEMENTS_MAX = 10_000;

    private static final String HEX = "hex:";

    private StateText() {}

    public static String name(Type type) {
        return switch (type) {
            case OR_SET -> "set";
            case LWW_REGISTER -> "register";
            case PN_COUNTER -> "counter";
            case G_COUNTER -> "growing_counter";
            case BOUNDED_COUNTER -> "bounded_counter";
            case LWW_MAP -> "fields";
            case OR_MAP -> "map";
        };
    }

    public static String text(Bytes bytes) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toBytes()))
                    .toString();
            if (!text.startsWith(HEX) && text.chars().noneMatch(Character::isISOControl)) {
                return text;
            }
        } catch (CharacterCodingException notText) {
            // Shown as digits below.
        }
        return HEX + HexFormat.of().formatHex(bytes.toBytes());
    }

    /// The reverse of [#text]; digits that are none are text.
    static Bytes bytes(String text) {
        try {
            return text.startsWith(HEX)
                    ? Bytes.of(HexFormat.of().parseHex(text.substring(HEX.length())))
                    : Bytes.utf8(text);
        } catch (IllegalArgumentException noDigits) {
            return Bytes.utf8(text);
        }
    }

    /// The values under `name`, each under the name of its type.
    public static ObjectNode values(OrMap map, Bytes name) {
        var json = Json.object();
        map.types(name).forEach(type -> put(json, name(type), map.get(name, type)));
        return json;
    }

    private static void put(ObjectNode json, String field, Crdt<?> value) {
        switch (value) {
            case OrSet set -> {
                var elements = json.putArray(field);
                set.elements()
                        .stream()
                        .limit(ELEMENTS_MAX)
                        .forEach(element -> elements.add(text(element)));
            }
            case LwwRegister register -> register.value()
                    .ifPresent(content -> json.put(field, text(content)));
            case PnCounter counter -> json.put(field, counter.value());
            case GCounter counter -> json.put(field, counter.value());
            case BoundedCounter counter -> json.put(field, counter.value());
            case LwwMap fields -> {
                var object = json.putObject(field);
                fields.asMap()
                        .entrySet()
                        .stream()
                        .limit(ELEMENTS_MAX)
                        .forEach(each -> object.put(text(each.getKey()), text(each.getValue())));
            }
            case OrMap map -> {
                var object = json.putObject(field);
                map.names()
                        .stream()
                        .limit(ELEMENTS_MAX)
                        .forEach(name -> object.set(text(name), values(map, name)));
            }
        }
    }

    /// One line of `watch`.
    static ObjectNode difference(Difference difference) {
        var json = Json.object()
                .put("key", text(difference.path().steps().getFirst().name()))
                .put("type", name(difference.path().steps().getLast().type()));
        if (difference.path().depth() > 1) {
            json.put("path", path(difference.path()));
        }
        return switch (difference) {
            case Difference.Added(_, var element) ->
                json.put("change", "added").put("element", text(element));
            case Difference.Removed(_, var element) ->
                json.put("change", "removed").put("element", text(element));
            case Difference.Assigned(_, var field, var value) ->
                field(json.put("change", "assigned"), field).put("value", text(value));
            case Difference.Cleared(_, var field) -> field(json.put("change", "cleared"), field);
            case Difference.Counted(_, var value) ->
                json.put("change", "counted").put("value", value);
        };
    }

    private static ObjectNode field(ObjectNode json, Bytes field) {
        return field.sizeBytes() == 0 ? json : json.put("field", text(field));
    }

    private static String path(Path path) {
        return path.steps()
                .stream()
                .map(step -> text(step.name()))
                .collect(Collectors.joining("/"));
    }
}
