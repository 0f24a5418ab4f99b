package io.macula.actors.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;
import org.msgpack.value.ValueType;

/// Reads frames with msgpack-core, which shares no code with ours. `bin` becomes `b:` and its
/// hexadecimal digits; `str` becomes `s:` and the text, or in [#withLists] its code points.
final class Oracle {

    private Oracle() {}

    static Map<String, @Nullable Object> fields(byte[] frame) {
        return map(unpack(frame), false);
    }

    /// As the original reads: every `str` is a list of code points.
    static Map<String, @Nullable Object> withLists(byte[] frame) {
        return map(unpack(frame), true);
    }

    private static Value unpack(byte[] frame) {
        var length = frame.length - FrameCodec.HEADER_BYTES;
        try (MessageUnpacker in = MessagePack.newDefaultUnpacker(frame, FrameCodec.HEADER_BYTES,
                length)) {
            var value = in.unpackValue();
            if (in.hasNext()) {
                throw new AssertionError("the payload goes on after its map");
            }
            return value;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Map<String, @Nullable Object> map(Value value, boolean lists) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        value.asMapValue()
                .entrySet()
                .forEach(entry -> map
                        .put(String.valueOf(plain(entry.getKey(), false)),
                                plain(entry.getValue(), lists)));
        return map;
    }

    private static @Nullable Object plain(Value value, boolean lists) {
        return switch (value.getValueType()) {
            case NIL -> null;
            case BOOLEAN -> value.asBooleanValue().getBoolean();
            case INTEGER -> value.asIntegerValue().toLong();
            case FLOAT -> value.asFloatValue().toDouble();
            case BINARY -> "b:" + HexFormat.of().formatHex(value.asBinaryValue().asByteArray());
            case STRING -> string(value, lists);
            case ARRAY -> array(value, lists);
            case MAP -> map(value, lists);
            case EXTENSION -> throw new AssertionError("no extension types are written");
        };
    }

    private static Object string(Value value, boolean lists) {
        var text = value.asStringValue().asString();
        return lists
                ? text.codePoints().mapToObj(codePoint -> (Object) (long) codePoint).toList()
                : "s:" + text;
    }

    private static List<@Nullable Object> array(Value value, boolean lists) {
        var list = new ArrayList<@Nullable Object>();
        value.asArrayValue().forEach(element -> list.add(plain(element, lists)));
        return list;
    }

    /// Whether anything below the payload's map is a `str`.
    static boolean holdsStr(byte[] frame) {
        return holdsStr(unpack(frame));
    }

    private static boolean holdsStr(Value value) {
        if (value.getValueType() == ValueType.ARRAY) {
            return value.asArrayValue().list().stream().anyMatch(Oracle::holdsStr);
        }
        if (value.getValueType() == ValueType.MAP) {
            return value.asMapValue()
                    .entrySet()
                    .stream()
                    .anyMatch(
                            entry -> holdsStr(entry.getKey()) || holdsStr(entry.getValue()));
        }
        return value.isStringValue();
    }
}
