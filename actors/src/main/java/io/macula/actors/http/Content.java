package io.macula.actors.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/// The bytes of an answer, which nobody changes any more, with the tag by which a browser asks whether
/// they are still the same.
public final class Content {

    private static final int TAG_BYTES = 18;

    private final byte[] bytes;
    private final String tag;

    private Content(byte[] bytes) {
        this.bytes = bytes;
        this.tag = '"' + Base64.getUrlEncoder()
                .encodeToString(Arrays.copyOf(sha256(bytes), TAG_BYTES)) + '"';
    }

    /// The bytes are the content's from now on.
    public static Content of(byte[] bytes) {
        return new Content(bytes);
    }

    public static Content of(String text) {
        return new Content(text.getBytes(StandardCharsets.UTF_8));
    }

    public int sizeBytes() {
        return bytes.length;
    }

    /// A view that cannot be written.
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /// A strong entity tag (RFC 9110, 8.8.3), equal for equal bytes.
    public String tag() {
        return tag;
    }

    /// Whether an `If-None-Match` header (RFC 9110, 13.1.2) names this content.
    public boolean isNamedBy(String ifNoneMatch) {
        for (var named : ifNoneMatch.split(",", -1)) {
            var candidate = named.strip();
            if (candidate.equals("*") || candidate.equals(tag) || candidate.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Content content && Arrays.equals(bytes, content.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
