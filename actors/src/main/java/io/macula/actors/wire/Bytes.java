package io.macula.actors.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// An immutable byte string with value equality: what a field of a message holds where Java has
/// only a mutable array. Ordered byte by byte, unsigned: a hash table whose keys a peer chose so that
/// they collide then still finds each of them in logarithmic time.
public final class Bytes implements Comparable<Bytes> {

    /// The byte string of length zero.
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class,
            ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;

    private Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /// A copy of `bytes`.
    public static Bytes of(byte... bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
    }

    /// Takes `bytes` without a copy; the caller gives the array up and never writes to it again.
    public static Bytes wrap(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes);
    }

    /// The UTF-8 form of `text`.
    public static Bytes utf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Reads an even number of hexadecimal digits; anything else is empty.
    public static Optional<Bytes> parseHex(String hex) {
        try {
            return Optional.of(wrap(HexFormat.of().parseHex(hex)));
        } catch (IllegalArgumentException notHex) {
            return Optional.empty();
        }
    }

    public int sizeBytes() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /// A copy of the content.
    public byte[] toArray() {
        return bytes.clone();
    }

    /// A read-only view of the content.
    public ByteBuffer asBuffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /// The eight bytes from `offset` on, as one number.
    public long longAt(int offset) {
        return (long) LONGS.get(bytes, offset);
    }

    /// The content itself, for code of this package that promises not to write to it.
    byte[] unsafeArray() {
        return bytes;
    }

    /// The content as text, when it is well-formed UTF-8.
    public Optional<String> text() {
        try {
            CharBuffer chars = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return Optional.of(chars.toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    /// Lower-case hexadecimal digits.
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// The length and the first bytes only: payloads do not belong into logs.
    @Override
    public String toString() {
        var shown = Math.min(bytes.length, 8);
        return bytes.length + "B:" + HexFormat.of().formatHex(bytes, 0, shown)
                + (shown < bytes.length ? ".." : "");
    }
}
