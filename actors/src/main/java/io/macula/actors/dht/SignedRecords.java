package io.macula.actors.dht;

import io.macula.actors.identity.NodeKey;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Value;
import io.macula.dht.NodeId;
import io.macula.dht.record.SignedRecord;
import java.util.Optional;

/// Signed records as they stand in a frame, and how this node makes its own.
final class SignedRecords {

    /// Bytes of a record on the wire beside its payload, at most.
    static final int OVERHEAD_BYTES = 300;

    private static final String KIND = "kind";
    private static final String KEY = "key";
    private static final String PUBLIC_KEY = "public_key";
    private static final String SEQUENCE = "sequence";
    private static final String EXPIRES_AT = "expires_at";
    private static final String PAYLOAD = "payload";
    private static final String SIGNATURE = "signature";

    private SignedRecords() {}

    /// A record of this node's own.
    static SignedRecord sign(NodeKey node, SignedRecord.Kind kind, NodeId key, long sequence,
            long expiresAtMillis, Bytes payload) {
        var unsigned = new SignedRecord(kind, key, node.id(), ofCore(node.publicKey()), sequence,
                expiresAtMillis, ofCore(payload.toArray()),
                io.macula.dht.record.Bytes.EMPTY);
        return unsigned.withSignature(ofCore(node.sign(unsigned.signedBytes())));
    }

    /// Whether a value is meant to be a signed record, however malformed.
    static boolean isRecord(Value value) {
        return value instanceof Value.Map map && map.get(SIGNATURE).isPresent();
    }

    static Value.Map toWire(SignedRecord signed) {
        return Value.Map.EMPTY
                .with(KIND, word(signed.kind()))
                .with(KEY, Bytes.of(signed.key().toBytes()))
                .with(PUBLIC_KEY, ofWire(signed.publisherKey()))
                .with(SEQUENCE, signed.sequence())
                .with(EXPIRES_AT, signed.expiresAtMillis())
                .with(PAYLOAD, ofWire(signed.payload()))
                .with(SIGNATURE, ofWire(signed.signature()));
    }

    /// Empty for anything that cannot be a record. Whether it is genuine is not asked here.
    static Optional<SignedRecord> ofWire(Value value) {
        if (!(value instanceof Value.Map map)) {
            return Optional.empty();
        }
        var kind = map.text(KIND).flatMap(SignedRecords::kind);
        var key = map.bytes(KEY).flatMap(NodeIds::of);
        var publicKey = map.bytes(PUBLIC_KEY)
                .filter(bytes -> bytes.sizeBytes() == NodeKey.PUBLIC_KEY_BYTES);
        var sequence = map.number(SEQUENCE).filter(number -> number >= 0);
        var expiresAt = map.number(EXPIRES_AT);
        var payload = map.bytes(PAYLOAD)
                .filter(bytes -> bytes.sizeBytes() <= SignedRecord.PAYLOAD_MAX_BYTES);
        var signature = map.bytes(SIGNATURE)
                .filter(bytes -> bytes.sizeBytes() == NodeKey.SIGNATURE_BYTES);
        if (kind.isEmpty() || key.isEmpty() || publicKey.isEmpty() || sequence.isEmpty()
                || expiresAt.isEmpty() || payload.isEmpty() || signature.isEmpty()) {
            return Optional.empty();
        }
        var publisher = publicKey.get().toArray();
        return Optional.of(new SignedRecord(kind.get(), key.get(), NodeId.ofPublicKey(publisher),
                ofCore(publisher), sequence.get(), expiresAt.get(), ofCore(payload.get().toArray()),
                ofCore(signature.get().toArray())));
    }

    private static String word(SignedRecord.Kind kind) {
        return switch (kind) {
            case VALUE -> "value";
            case PROVIDER -> "provider";
        };
    }

    private static Optional<SignedRecord.Kind> kind(String word) {
        return switch (word) {
            case "value" -> Optional.of(SignedRecord.Kind.VALUE);
            case "provider" -> Optional.of(SignedRecord.Kind.PROVIDER);
            default -> Optional.empty();
        };
    }

    private static io.macula.dht.record.Bytes ofCore(byte[] bytes) {
        return io.macula.dht.record.Bytes.of(bytes);
    }

    private static Bytes ofWire(io.macula.dht.record.Bytes bytes) {
        return Bytes.of(bytes.toArray());
    }
}
