package io.macula.dht.sim;

import io.macula.dht.NodeId;
import io.macula.dht.record.Bytes;
import io.macula.dht.record.RecordVerifier;
import io.macula.dht.record.SignedRecord;
import java.nio.ByteBuffer;

/// Seals records with a hash instead of Ed25519: a simulation checks millions of them, and its liars
/// forge only with a wrong seal. It proves nothing outside a simulation.
final class PlainSeal implements RecordVerifier {

    static SignedRecord seal(SignedRecord unsigned) {
        return unsigned.withSignature(sealOf(unsigned));
    }

    static SignedRecord value(NodeId key, NodeId publisher, long sequence, long expiresAtMillis,
            long payload) {
        return seal(new SignedRecord(SignedRecord.Kind.VALUE, key, publisher, Bytes.EMPTY, sequence,
                expiresAtMillis,
                bytes(payload), Bytes.EMPTY));
    }

    @Override
    public boolean isGenuine(SignedRecord signed) {
        return signed.signature().equals(sealOf(signed));
    }

    private static Bytes sealOf(SignedRecord signed) {
        var hash = Seeded.mix(signed.key().leadingBits());
        hash = Seeded.mix(hash ^ signed.publisher().leadingBits());
        hash = Seeded.mix(hash ^ signed.sequence());
        hash = Seeded.mix(hash ^ signed.expiresAtMillis());
        return bytes(Seeded.mix(hash ^ signed.payload().hashCode()));
    }

    private static Bytes bytes(long value) {
        return Bytes.of(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }
}
