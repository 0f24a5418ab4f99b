package io.macula.actors.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes one frame: the header, then a MessagePack map in the dialect of Macula 0.14 (keys and
/// texts as `bin`, integers minimal, floats 64 bits, lists always as arrays). An absent value
/// writes nothing. Used by the messages of this package only.
public final class FieldWriter {

    private static final int FIXMAP_MAX = 15;

    private byte[] buffer;
    private int position;
    private int map = -1;

    FieldWriter(int capacity) {
        buffer = new byte[capacity];
    }

    int position() {
        return position;
    }

    byte[] toArray() {
        return position == buffer.length ? buffer : Arrays.copyOf(buffer, position);
    }

    /// Eight bytes; [#patchLength] fills in the length when the payload is written.
    void header(int typeId) {
        room(FrameCodec.HEADER_BYTES);
        buffer[position] = FrameCodec.VERSION;
        buffer[position + 1] = (byte) typeId;
        position += FrameCodec.HEADER_BYTES;
    }

    void patchLength() {
        FrameCodec.putInt(buffer, 4, position - FrameCodec.HEADER_BYTES);
    }

    /// Begins a map of at most 15 fields, counted as they are written; returns what
    /// [#endMap] needs to go back to the map around it.
    int beginMap() {
        room(1);
        var outer = map;
        map = position;
        buffer[position++] = (byte) 0x80;
        return outer;
    }

    void endMap(int outer) {
        map = outer;
    }

    void text(Field field, @Nullable String text) {
        if (text != null) {
            key(field);
            bin(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    void bytes(Field field, @Nullable Bytes bytes) {
        if (bytes != null) {
            key(field);
            bin(bytes.unsafeArray());
        }
    }

    void number(Field field, @Nullable Long number) {
        if (number != null) {
            number(field, number.longValue());
        }
    }

    void number(Field field, @Nullable Integer number) {
        if (number != null) {
            number(field, number.longValue());
        }
    }

    void number(Field field, long number) {
        key(field);
        integer(number);
    }

    void flag(Field field, @Nullable Boolean flag) {
        if (flag != null) {
            key(field);
            bool(flag);
        }
    }

    void value(Field field, @Nullable Value value) {
        if (value != null) {
            key(field);
            value(value);
        }
    }

    void texts(Field field, @Nullable List<String> texts) {
        if (texts != null) {
            key(field);
            array(texts.size());
            for (var text : texts) {
                bin(text.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    void numbers(Field field, @Nullable List<Integer> numbers) {
        if (numbers != null) {
            key(field);
            array(numbers.size());
            for (var number : numbers) {
                integer(number);
            }
        }
    }

    void values(Field field, @Nullable List<? extends Value> values) {
        if (values != null) {
            key(field);
            array(values.size());
            for (var value : values) {
                value(value);
            }
        }
    }

    /// Begins the value of `field`; the caller writes exactly one value next.
    void key(Field field) {
        var encoded = field.encodedKey();
        room(encoded.length);
        System.arraycopy(encoded, 0, buffer, position, encoded.length);
        position += encoded.length;
        if ((buffer[map] & 0x0f) == FIXMAP_MAX) {
            throw new IllegalStateException("a message has at most 15 fields");
        }
        buffer[map]++;
    }

    void value(Value value) {
        switch (value) {
            case Value.Nil() -> one(0xc0);
            case Value.Bool(var flag) -> bool(flag);
            case Value.Int(var number) -> integer(number);
            case Value.Float(var number) -> {
                one(0xcb);
                eight(Double.doubleToRawLongBits(number));
            }
            case Value.Binary(var bytes) -> bin(bytes.unsafeArray());
            case Value.Text(var text) -> str(text.getBytes(StandardCharsets.UTF_8));
            case Value.Array(var elements) -> {
                array(elements.size());
                elements.forEach(this::value);
            }
            case Value.Map map -> map(map);
        }
    }

    void map(Value.Map map) {
        var size = map.entries().size();
        sized(size, 0x80, FIXMAP_MAX, 0xde);
        map.entries().forEach((key, value) -> {
            bin(key.unsafeArray());
            value(value);
        });
    }

    private void array(int size) {
        sized(size, 0x90, 15, 0xdc);
    }

    /// A container's head: one byte up to `fixMax`, else the 16-bit or, one code on, 32-bit form.
    private void sized(int size, int fix, int fixMax, int code16) {
        if (size <= fixMax) {
            one(fix | size);
        } else if (size <= 0xffff) {
            one(code16);
            two(size);
        } else {
            one(code16 + 1);
            four(size);
        }
    }

    private void bool(boolean flag) {
        one(flag ? 0xc3 : 0xc2);
    }

    private void bin(byte[] bytes) {
        if (bytes.length <= 0xff) {
            one(0xc4);
            one(bytes.length);
        } else if (bytes.length <= 0xffff) {
            one(0xc5);
            two(bytes.length);
        } else {
            one(0xc6);
            four(bytes.length);
        }
        raw(bytes);
    }

    private void str(byte[] bytes) {
        if (bytes.length <= 31) {
            one(0xa0 | bytes.length);
        } else if (bytes.length <= 0xff) {
            one(0xd9);
            one(bytes.length);
        } else if (bytes.length <= 0xffff) {
            one(0xda);
            two(bytes.length);
        } else {
            one(0xdb);
            four(bytes.length);
        }
        raw(bytes);
    }

    private void integer(long number) {
        if (number >= 0) {
            unsigned(number);
        } else if (number >= -32) {
            one((int) number);
        } else if (number >= Byte.MIN_VALUE) {
            one(0xd0);
            one((int) number);
        } else if (number >= Short.MIN_VALUE) {
            one(0xd1);
            two((int) number);
        } else if (number >= Integer.MIN_VALUE) {
            one(0xd2);
            four((int) number);
        } else {
            one(0xd3);
            eight(number);
        }
    }

    private void unsigned(long number) {
        if (number <= 0x7f) {
            one((int) number);
        } else if (number <= 0xff) {
            one(0xcc);
            one((int) number);
        } else if (number <= 0xffff) {
            one(0xcd);
            two((int) number);
        } else if (number <= 0xffff_ffffL) {
            one(0xce);
            four((int) number);
        } else {
            one(0xcf);
            eight(number);
        }
    }

    private void raw(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, buffer, position, bytes.length);
        position += bytes.length;
    }

    private void one(int value) {
        room(1);
        buffer[position++] = (byte) value;
    }

    private void two(int value) {
        room(2);
        buffer[position++] = (byte) (value >>> 8);
        buffer[position++] = (byte) value;
    }

    private void four(int value) {
        room(4);
        FrameCodec.putInt(buffer, position, value);
        position += 4;
    }

    private void eight(long value) {
        four((int) (value >>> 32));
        four((int) value);
    }

    private void room(int bytes) {
        var needed = Math.addExact(position, bytes);
        if (needed > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(needed, buffer.length * 2));
        }
    }
}
