package io.macula.dht.record;

import java.util.Arrays;
import java.util.HexFormat;

/// Bytes with value equality that nobody can change.
public final class Bytes {

    /// No bytes at all.
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] bytes;

    private Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /// A copy of `bytes`.
    public static Bytes of(byte... bytes) {
        return new Bytes(bytes.clone());
    }

    /// How many bytes.
    public int sizeBytes() {
        return bytes.length;
    }

    /// A copy of the content.
    public byte[] toArray() {
        return bytes.clone();
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
        return bytes.length <= 16 ? HexFormat.of().formatHex(bytes) : bytes.length + " bytes";
    }
}
