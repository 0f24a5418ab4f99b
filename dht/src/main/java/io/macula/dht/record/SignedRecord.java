package io.macula.dht.record;

import io.macula.dht.NodeId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// One statement of one publisher about one key, valid until it expires. Of two records of the
/// same publisher under the same key the one with the higher sequence wins.
///
/// @param publisher the node id that belongs to `publisherKey`
/// @param publisherKey the publisher's public key (SubjectPublicKeyInfo)
/// @param sequence 0 or more; grows with each change of the record
/// @param expiresAtMillis when the record ends, in milliseconds since 1970
/// @param payload at most [#PAYLOAD_MAX_BYTES] bytes, opaque to the DHT
/// @param signature over [#signedBytes()]
public record SignedRecord(Kind kind, NodeId key, NodeId publisher, Bytes publisherKey,
        long sequence,
        long expiresAtMillis, Bytes payload, Bytes signature) {

    /// The largest payload a record carries.
    public static final int PAYLOAD_MAX_BYTES = 8192;

    private static final byte[] DOMAIN = "macula-dht-record-1".getBytes(StandardCharsets.US_ASCII);

    /// A key holds one value but many providers, so the two are kept apart.
    public enum Kind {
        /// The one value of a key. The first publisher owns the key until its record expires.
        VALUE,
        /// One of many statements "I provide this", one per publisher and key.
        PROVIDER
    }

    public SignedRecord {
        if (sequence < 0) {
            throw new IllegalArgumentException("a sequence is 0 or more, not " + sequence);
        }
        if (payload.sizeBytes() > PAYLOAD_MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a payload of " + payload.sizeBytes() + " bytes is over "
                            + PAYLOAD_MAX_BYTES);
        }
    }

    /// The bytes a signature covers: a domain tag, then every field but the key bytes (bound by
    /// `publisher`) and the signature, each of fixed length or preceded by its length.
    public byte[] signedBytes() {
        var out = new ByteArrayOutputStream(128 + payload.sizeBytes());
        out.writeBytes(DOMAIN);
        out.write(kind.ordinal());
        out.writeBytes(key.toBytes());
        out.writeBytes(publisher.toBytes());
        out.writeBytes(ByteBuffer.allocate(20)
                .putLong(sequence)
                .putLong(expiresAtMillis)
                .putInt(payload.sizeBytes())
                .array());
        out.writeBytes(payload.toArray());
        return out.toByteArray();
    }

    /// The same record under another signature.
    public SignedRecord withSignature(Bytes other) {
        return new SignedRecord(kind, key, publisher, publisherKey, sequence, expiresAtMillis,
                payload, other);
    }

    /// Whether the record has ended at `nowMillis`.
    public boolean isExpired(long nowMillis) {
        return expiresAtMillis <= nowMillis;
    }

    /// Whether this record takes back an earlier one: its payload is empty. It is kept and passed on
    /// like any other until it expires, but never shown as a result.
    public boolean isWithdrawal() {
        return payload.sizeBytes() == 0;
    }

    /// Whether this record replaces `other`, one of the same publisher and key.
    public boolean isNewerThan(SignedRecord other) {
        return sequence > other.sequence
                || sequence == other.sequence && expiresAtMillis > other.expiresAtMillis;
    }
}
