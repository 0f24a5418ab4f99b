package io.macula.crdt;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes with value equality: what sets hold and registers say. The library never looks inside.
public final class Bytes implements Comparable<Bytes> {

    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] bytes;

    private Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /// A copy of `bytes`.
    public static Bytes of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
    }

    /// The UTF-8 form of `text`.
    public static Bytes utf8(String text) {
        return text.isEmpty() ? EMPTY : new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public int sizeBytes() {
        return bytes.length;
    }

    public boolean startsWith(Bytes prefix) {
        return bytes.length >= prefix.bytes.length
                && Arrays.equals(bytes, 0, prefix.bytes.length, prefix.bytes, 0,
                        prefix.bytes.length);
    }

    /// A copy of the content.
    public byte[] toBytes() {
        return bytes.clone();
    }

    /// Copies the content into `to`, from `at` on.
    public void copyTo(byte[] to, int at) {
        System.arraycopy(bytes, 0, to, at, bytes.length);
    }

    /// The content read as UTF-8; malformed bytes become U+FFFD.
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    Mixer mixInto(Mixer mixer) {
        return mixer.mix(bytes);
    }

    /// Orders as unsigned bytes, shorter first when one begins the other.
    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Bytes[" + bytes.length + "]";
    }
}
