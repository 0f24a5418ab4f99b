package io.macula.app;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The content of a message or call: bytes that the platform carries and never reads. By
/// convention UTF-8 JSON, so that any workload can read any other's messages.
public final class Payload {

    /// No content.
    public static final Payload EMPTY = new Payload(new byte[0]);

    private final byte[] bytes;

    private Payload(byte[] bytes) {
        this.bytes = bytes;
    }

    /// A copy of `bytes`.
    public static Payload of(byte[] bytes) {
        return new Payload(bytes.clone());
    }

    /// A copy of what remains in `bytes`, whose position stays.
    public static Payload of(ByteBuffer bytes) {
        var content = new byte[bytes.remaining()];
        bytes.get(bytes.position(), content);
        return new Payload(content);
    }

    /// The UTF-8 form of `text`, which is JSON by convention.
    public static Payload of(String text) {
        return new Payload(text.getBytes(StandardCharsets.UTF_8));
    }

    public int sizeBytes() {
        return bytes.length;
    }

    /// A copy of the content.
    public byte[] toBytes() {
        return bytes.clone();
    }

    /// The content read as UTF-8; malformed bytes become U+FFFD.
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// The size only: payloads do not belong into logs.
    @Override
    public String toString() {
        return "Payload[" + bytes.length + " bytes]";
    }
}
