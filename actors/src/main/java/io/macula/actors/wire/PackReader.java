package io.macula.actors.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads MessagePack (github.com/msgpack/msgpack, spec.md) in place. Every count and length is
/// held against the bytes that are really there, and against [WireLimits], before anything is
/// allocated for it. Strings are taken from `bin` and `str` alike.
abstract class PackReader {

    static final int NIL = 0xc0;
    static final int FALSE = 0xc2;
    static final int TRUE = 0xc3;
    static final int FLOAT_32 = 0xca;
    static final int FLOAT_64 = 0xcb;

    private final byte[] buffer;
    private final int end;
    private final WireLimits limits;
    private int position;
    private int depth;
    private int elementsLeft;

    PackReader(byte[] buffer, int from, int end, WireLimits limits) {
        this.buffer = buffer;
        this.position = from;
        this.end = end;
        this.limits = limits;
        this.elementsLeft = limits.elementsMax();
    }

    /// The error that ends the decoding; `what` continues a sentence that begins with the place.
    abstract WireException fail(WireError error, String what);

    final WireException wrongType(String wanted) {
        return fail(WireError.WRONG_TYPE, "holds something else where " + wanted + " belongs");
    }

    private WireException truncated() {
        return fail(WireError.MSGPACK_DECODE_ERROR, "ends inside a value");
    }

    /// The first byte of the next value, 0 to 255; it stays unread.
    final int peek() {
        if (position >= end) {
            throw truncated();
        }
        return buffer[position] & 0xff;
    }

    /// Passes the head of a value that has nothing after it.
    final void passHead() {
        position++;
    }

    /// Whether the next value is nil, which is then behind us.
    final boolean nil() {
        if (peek() != NIL) {
            return false;
        }
        position++;
        return true;
    }

    static boolean isMap(int head) {
        return (head & 0xf0) == 0x80 || head == 0xde || head == 0xdf;
    }

    static boolean isArray(int head) {
        return (head & 0xf0) == 0x90 || head == 0xdc || head == 0xdd;
    }

    static boolean isStr(int head) {
        return (head & 0xe0) == 0xa0 || (head >= 0xd9 && head <= 0xdb);
    }

    static boolean isBin(int head) {
        return head >= 0xc4 && head <= 0xc6;
    }

    static boolean isInteger(int head) {
        return head <= 0x7f || head >= 0xe0 || (head >= 0xcc && head <= 0xd3);
    }

    /// Goes into the map that comes next and returns its number of entries.
    final int enterMap() {
        if (!isMap(peek())) {
            throw wrongType("a map");
        }
        return enter(containerCount(0xde), 2);
    }

    /// Goes into the array that comes next and returns its number of elements.
    final int enterArray() {
        if (!isArray(peek())) {
            throw wrongType("a list");
        }
        return enter(containerCount(0xdc), 1);
    }

    /// Goes out of the map or array whose entries have all been read.
    final void leave() {
        depth--;
    }

    private int enter(long count, int valuesEach) {
        if (++depth > limits.depthMax()) {
            throw fail(WireError.TOO_DEEP,
                    "is nested deeper than the limit of " + limits.depthMax());
        }
        spend(count);
        if (count * valuesEach > end - position) {
            throw truncated();
        }
        return (int) count;
    }

    /// Takes `count` elements off what this frame may hold.
    final void spend(long count) {
        if (count > elementsLeft) {
            throw fail(WireError.TOO_MANY_ELEMENTS,
                    "brings the frame over the limit of " + limits.elementsMax() + " elements");
        }
        elementsLeft -= (int) count;
    }

    /// The count in the head of a map or array, whose 16-bit form has the code `code16`.
    private long containerCount(int code16) {
        var head = peek();
        position++;
        if (head < 0xc0) {
            return head & 0x0f;
        }
        return unsigned(head == code16 ? 2 : 4);
    }

    /// The length of the `bin` or `str` that comes next; its content then begins at [#position].
    final int enterString() {
        var head = peek();
        if (!isStr(head) && !isBin(head)) {
            throw wrongType("a string");
        }
        position++;
        var length = switch (head) {
            case 0xc4, 0xd9 -> unsigned(1);
            case 0xc5, 0xda -> unsigned(2);
            case 0xc6, 0xdb -> unsigned(4);
            default -> head & 0x1f;
        };
        if (length > end - position) {
            throw truncated();
        }
        return (int) length;
    }

    /// The field whose key is the next `length` bytes.
    final Field takeField(int length) {
        var field = Field.of(buffer, position, length);
        position += length;
        return field;
    }

    /// A copy of the next `length` bytes.
    final Bytes takeBytes(int length) {
        var bytes = Bytes.wrap(Arrays.copyOfRange(buffer, position, position + length));
        position += length;
        return bytes;
    }

    final Bytes takeBytes() {
        return takeBytes(enterString());
    }

    final String takeText() {
        var length = enterString();
        var from = position;
        position += length;
        if (isAscii(from, position)) {
            return new String(buffer, from, length, StandardCharsets.ISO_8859_1);
        }
        try {
            return StandardCharsets.UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(buffer, from, length))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw fail(WireError.INVALID_TEXT, "holds a text that is not UTF-8");
        }
    }

    private boolean isAscii(int from, int to) {
        var all = 0;
        for (var i = from; i < to; i++) {
            all |= buffer[i];
        }
        return all >= 0;
    }

    final long takeInteger() {
        var head = peek();
        if (!isInteger(head)) {
            throw wrongType("an integer");
        }
        position++;
        return switch (head) {
            case 0xcc -> unsigned(1);
            case 0xcd -> unsigned(2);
            case 0xce -> unsigned(4);
            case 0xcf -> notNegative(unsigned(8));
            case 0xd0 -> (byte) unsigned(1);
            case 0xd1 -> (short) unsigned(2);
            case 0xd2 -> (int) unsigned(4);
            case 0xd3 -> unsigned(8);
            default -> (byte) head;
        };
    }

    private long notNegative(long number) {
        if (number < 0) {
            throw fail(WireError.NUMBER_OUT_OF_RANGE, "holds an integer of more than 63 bits");
        }
        return number;
    }

    /// A float of either width; the head says which.
    final double takeFloat() {
        var head = peek();
        position++;
        return head == FLOAT_32
                ? Float.intBitsToFloat((int) unsigned(4))
                : Double.longBitsToDouble(unsigned(8));
    }

    /// Passes over one value of any type, extension types included.
    final void skip() {
        var head = peek();
        if (isStr(head) || isBin(head)) {
            advance(enterString());
        } else if (isMap(head)) {
            skip(2L * enterMap());
        } else if (isArray(head)) {
            skip(enterArray());
        } else {
            position++;
            advance(bytesAfter(head));
        }
    }

    private void skip(long values) {
        for (var left = values; left > 0; left--) {
            skip();
        }
        leave();
    }

    /// How many bytes follow the head of a value that is no string, map or array.
    private long bytesAfter(int head) {
        return switch (head) {
            case 0xc1 -> throw fail(WireError.MSGPACK_DECODE_ERROR, "holds the unused byte c1");
            case 0xc7 -> unsigned(1) + 1;
            case 0xc8 -> unsigned(2) + 1;
            case 0xc9 -> unsigned(4) + 1;
            case 0xcc, 0xd0 -> 1;
            case 0xcd, 0xd1, 0xd4 -> 2;
            case 0xd5 -> 3;
            case FLOAT_32, 0xce, 0xd2 -> 4;
            case 0xd6 -> 5;
            case FLOAT_64, 0xcf, 0xd3 -> 8;
            case 0xd7 -> 9;
            case 0xd8 -> 17;
            default -> 0;
        };
    }

    private void advance(long bytes) {
        if (bytes > end - position) {
            throw truncated();
        }
        position += (int) bytes;
    }

    /// A big-endian number of `size` bytes, unsigned; of eight bytes, its two's complement.
    private long unsigned(int size) {
        if (size > end - position) {
            throw truncated();
        }
        var number = 0L;
        for (var i = 0; i < size; i++) {
            number = (number << 8) | (buffer[position++] & 0xff);
        }
        return number;
    }
}
