package io.macula.actors.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads the fields of one message. Nil reads as absent, except in a free-form value.
final class FieldReader extends PackReader {

    private final MessageType type;
    private Field field = Field.OTHER;

    FieldReader(byte[] buffer, int from, int end, WireLimits limits, MessageType type) {
        super(buffer, from, end, limits);
        this.type = type;
    }

    @Override
    WireException fail(WireError error, String what) {
        var where = field == Field.OTHER ? type.wireName() : type.wireName() + "." + field.key();
        return new WireException(error, where + " " + what);
    }

    /// Enters a map and returns how many entries follow; each is a [#key] and one value.
    int beginMap() {
        requireMap();
        return enterMap();
    }

    void endMap() {
        leave();
    }

    /// The map that comes next, which is the whole message.
    Value.Map wholeMap() {
        requireMap();
        return takeMap();
    }

    private void requireMap() {
        if (!isMap(peek())) {
            throw fail(WireError.NOT_A_MAP, "holds something else where a map belongs");
        }
    }

    /// The next key; [Field#OTHER] when it is none of ours. A key that is no string is passed over.
    Field key() {
        field = Field.OTHER;
        var head = peek();
        if (isBin(head) || isStr(head)) {
            field = takeField(enterString());
        } else {
            skip();
        }
        return field;
    }

    <T> T required(@Nullable T value, Field wanted) {
        if (value == null) {
            throw new WireException(WireError.MISSING_FIELD,
                    type.wireName() + " lacks the field " + wanted.key());
        }
        return value;
    }

    @Nullable
    Bytes bytes() {
        return nil() ? null : takeBytes();
    }

    @Nullable
    Bytes id() {
        if (nil()) {
            return null;
        }
        var length = enterString();
        if (length > WireLimits.ID_BYTES_MAX) {
            throw fail(WireError.ID_TOO_LONG, "holds an identifier of " + length
                    + " bytes, the limit is " + WireLimits.ID_BYTES_MAX);
        }
        return takeBytes(length);
    }

    @Nullable
    String text() {
        return nil() ? null : takeText();
    }

    @Nullable
    Long number() {
        return nil() ? null : takeInteger();
    }

    @Nullable
    Integer count() {
        return nil() ? null : takeInt(0, Integer.MAX_VALUE);
    }

    @Nullable
    Integer port() {
        return nil() ? null : takeInt(0, 65_535);
    }

    @Nullable
    Boolean flag() {
        if (nil()) {
            return null;
        }
        var head = peek();
        if (head != TRUE && head != FALSE) {
            throw wrongType("a boolean");
        }
        passHead();
        return head == TRUE;
    }

    @Nullable
    List<String> texts() {
        return list(this::takeText, _ -> {
            throw wrongType("a list of texts");
        });
    }

    @Nullable
    List<Integer> numbers() {
        return list(() -> takeInt(Integer.MIN_VALUE, Integer.MAX_VALUE), Integer::valueOf);
    }

    @Nullable
    List<Value.Map> maps() {
        return list(this::takeMap, _ -> {
            throw wrongType("a list of maps");
        });
    }

    @Nullable
    List<Value> values() {
        return list(this::takeValue, Value::of);
    }

    /// A value that is usually a list, which the original writes as a `str` where it can.
    Value listOrValue() {
        return isStr(peek()) ? new Value.Array(codePoints(Value::of)) : takeValue();
    }

    /// A free-form value, in which nil is a value too.
    Value value() {
        return takeValue();
    }

    Value.@Nullable Map map() {
        return nil() ? null : takeMap();
    }

    /// A list; one that came as `str` is the list of its code points.
    private <T> @Nullable List<T> list(Supplier<T> element, IntFunction<T> ofCodePoint) {
        if (nil()) {
            return null;
        }
        return isStr(peek()) ? codePoints(ofCodePoint) : takeArray(element);
    }

    private <T> List<T> takeArray(Supplier<T> element) {
        var count = enterArray();
        var elements = new ArrayList<T>(count);
        for (var i = 0; i < count; i++) {
            elements.add(element.get());
        }
        leave();
        return elements;
    }

    private <T> List<T> codePoints(IntFunction<T> ofCodePoint) {
        var text = takeText();
        spend(text.codePointCount(0, text.length()));
        return text.codePoints().mapToObj(ofCodePoint).toList();
    }

    private int takeInt(int min, int max) {
        var number = takeInteger();
        if (number < min || number > max) {
            throw fail(WireError.NUMBER_OUT_OF_RANGE,
                    "holds " + number + ", which is not between " + min + " and " + max);
        }
        return (int) number;
    }

    private Value takeValue() {
        var head = peek();
        if (isInteger(head)) {
            return new Value.Int(takeInteger());
        }
        if (isStr(head)) {
            return new Value.Text(takeText());
        }
        if (isBin(head)) {
            return new Value.Binary(takeBytes());
        }
        if (isMap(head)) {
            return takeMap();
        }
        if (isArray(head)) {
            return new Value.Array(takeArray(this::takeValue));
        }
        return takeScalar(head);
    }

    private Value takeScalar(int head) {
        return switch (head) {
            case FLOAT_32, FLOAT_64 -> new Value.Float(takeFloat());
            case NIL, FALSE, TRUE -> {
                passHead();
                yield head == NIL ? Value.Nil.NIL : new Value.Bool(head == TRUE);
            }
            default -> throw wrongType("a plain value");
        };
    }

    private Value.Map takeMap() {
        var count = enterMap();
        if (count == 0) {
            leave();
            return Value.Map.EMPTY;
        }
        var entries = new LinkedHashMap<Bytes, Value>();
        for (var i = 0; i < count; i++) {
            var key = takeBytes();
            entries.put(key, takeValue());
        }
        leave();
        return new Value.Map(entries);
    }
}
