package io.macula.actors.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Between free-form values and the plain trees of [WireText].
final class PlainTree {

    private static final String HEX = "hex:";
    private static final String ELEMENT = "[]";

    private PlainTree() {}

    /// Leaves a conversion from any depth; never leaves this package.
    static final class NotPlainException extends RuntimeException {
        NotPlainException(String message) {
            super(message, null, false, false);
        }
    }

    static Map<String, @Nullable Object> of(MessageType type, Value.Map fields) {
        return map(type.wireName(), fields);
    }

    private static Map<String, @Nullable Object> map(String path, Value.Map map) {
        var tree = new LinkedHashMap<String, @Nullable Object>();
        map.entries().forEach((key, value) -> {
            var name = text(key);
            tree.put(name, plain(path + "." + name, value));
        });
        return Collections.unmodifiableMap(tree);
    }

    private static @Nullable Object plain(String path, Value value) {
        return switch (value) {
            case Value.Nil() -> null;
            case Value.Bool(var flag) -> flag;
            case Value.Int(var number) -> number;
            case Value.Float(var number) -> number;
            case Value.Binary(var bytes) -> text(bytes);
            case Value.Text(var text) -> ListFields.containsWhenStr(path)
                    ? text.codePoints().mapToObj(codePoint -> (long) codePoint).toList()
                    : text(Bytes.utf8(text));
            case Value.Array(var elements) -> array(path, elements);
            case Value.Map map -> map(path, map);
        };
    }

    private static List<@Nullable Object> array(String path, List<Value> elements) {
        var plain = new ArrayList<@Nullable Object>(elements.size());
        elements.forEach(element -> plain.add(plain(path + ELEMENT, element)));
        return Collections.unmodifiableList(plain);
    }

    private static String text(Bytes bytes) {
        return bytes.text().filter(PlainTree::isShown).orElseGet(() -> HEX + bytes.hex());
    }

    private static boolean isShown(String text) {
        return !text.startsWith(HEX) && text.chars().noneMatch(Character::isISOControl);
    }

    static Value.Map toValue(MessageType type, Map<?, ?> fields) {
        return toMap(type.wireName(), fields, 1);
    }

    private static Value.Map toMap(String path, Map<?, ?> tree, int depth) {
        if (depth > WireLimits.DEFAULT.depthMax()) {
            throw new NotPlainException(
                    "the fields are nested deeper than " + WireLimits.DEFAULT.depthMax());
        }
        var entries = new LinkedHashMap<Bytes, Value>();
        tree.forEach((key, value) -> {
            var inner = path + "." + key;
            entries.put(toBytes(inner, String.valueOf(key)), toValue(inner, value, depth));
        });
        return new Value.Map(entries);
    }

    private static Value toValue(String path, @Nullable Object plain, int depth) {
        return switch (plain) {
            case null -> Value.Nil.NIL;
            case Boolean flag -> new Value.Bool(flag);
            case Long number -> new Value.Int(number);
            case Integer number -> new Value.Int(number);
            case Short number -> new Value.Int(number);
            case Byte number -> new Value.Int(number);
            case Double number -> new Value.Float(number);
            case Float number -> new Value.Float(number);
            case String text -> toString(path, text);
            case List<?> list -> toArray(path, list, depth + 1);
            case Map<?, ?> map -> toMap(path, map, depth + 1);
            default -> throw new NotPlainException(path + " is " + plain
                    + ", which is no text, boolean, list, object or number of 64 bits");
        };
    }

    private static Value toString(String path, String text) {
        return ListFields.contains(path)
                ? new Value.Array(text.codePoints().mapToObj(Value::of).toList())
                : new Value.Binary(toBytes(path, text));
    }

    private static Bytes toBytes(String path, String text) {
        if (!text.startsWith(HEX)) {
            return Bytes.utf8(text);
        }
        return Bytes.parseHex(text.substring(HEX.length()))
                .orElseThrow(() -> new NotPlainException(
                        path + " begins with hex: but an even number of hexadecimal digits must follow"));
    }

    private static Value toArray(String path, List<?> list, int depth) {
        if (depth > WireLimits.DEFAULT.depthMax()) {
            throw new NotPlainException(
                    "the fields are nested deeper than " + WireLimits.DEFAULT.depthMax());
        }
        return new Value.Array(
                list.stream().map(plain -> toValue(path + ELEMENT, plain, depth)).toList());
    }
}
