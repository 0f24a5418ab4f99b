package io.macula.dht.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macula.dht.NodeId;
import io.macula.dht.record.SignedRecord.Kind;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Ed25519Test {

    private static final NodeId KEY = NodeId.hashOf(new byte[]{1});
    private static final KeyPair PUBLISHER = newKeyPair();

    private final Ed25519 ed25519 = new Ed25519();

    @Test
    void acceptsWhatThePublisherSigned() {
        var signed = sign(7);

        assertThat(ed25519.isGenuine(signed)).isTrue();
        assertThat(signed.publisher())
                .isEqualTo(NodeId.ofPublicKey(PUBLISHER.getPublic().getEncoded()));
    }

    @Test
    void refusesARecordWithAnyFieldChanged() {
        var r = sign(7);
        var other = Bytes.of((byte) 9);
        var otherId = NodeId.hashOf(new byte[]{2});
        var otherKey = Bytes.of(newKeyPair().getPublic().getEncoded());

        assertThat(ed25519
                .isGenuine(new SignedRecord(Kind.PROVIDER, r.key(), r.publisher(), r.publisherKey(),
                        r.sequence(), r.expiresAtMillis(), r.payload(), r.signature())))
                .isFalse();
        assertThat(ed25519
                .isGenuine(new SignedRecord(r.kind(), otherId, r.publisher(), r.publisherKey(),
                        r.sequence(), r.expiresAtMillis(), r.payload(), r.signature())))
                .isFalse();
        assertThat(ed25519.isGenuine(new SignedRecord(r.kind(), r.key(), otherId, r.publisherKey(),
                r.sequence(), r.expiresAtMillis(), r.payload(), r.signature()))).isFalse();
        assertThat(ed25519.isGenuine(new SignedRecord(r.kind(), r.key(), r.publisher(), otherKey,
                r.sequence(), r.expiresAtMillis(), r.payload(), r.signature()))).isFalse();
        assertThat(ed25519
                .isGenuine(new SignedRecord(r.kind(), r.key(), r.publisher(), r.publisherKey(),
                        r.sequence() + 1, r.expiresAtMillis(), r.payload(), r.signature())))
                .isFalse();
        assertThat(ed25519
                .isGenuine(new SignedRecord(r.kind(), r.key(), r.publisher(), r.publisherKey(),
                        r.sequence(), r.expiresAtMillis() + 1, r.payload(), r.signature())))
                .isFalse();
        assertThat(ed25519
                .isGenuine(new SignedRecord(r.kind(), r.key(), r.publisher(), r.publisherKey(),
                        r.sequence(), r.expiresAtMillis(), other, r.signature())))
                .isFalse();
    }

    @Test
    void refusesDamagedSignaturesAndKeysWithoutThrowing() {
        var signed = sign(7);
        var half = Arrays.copyOf(signed.signature().toArray(), 32);
        var huge = new byte[1 << 16];

        assertThat(ed25519.isGenuine(signed.withSignature(Bytes.EMPTY))).isFalse();
        assertThat(ed25519.isGenuine(signed.withSignature(Bytes.of(half)))).isFalse();
        assertThat(ed25519.isGenuine(signed.withSignature(Bytes.of(huge)))).isFalse();
        assertThat(ed25519.isGenuine(withKey(signed, new byte[0]))).isFalse();
        assertThat(ed25519.isGenuine(withKey(signed, new byte[]{1, 2, 3}))).isFalse();
        assertThat(ed25519.isGenuine(withKey(signed, huge))).isFalse();
    }

    @Test
    void boundsThePayloadAndTheSequence() {
        var tooLarge = Bytes.of(new byte[SignedRecord.PAYLOAD_MAX_BYTES + 1]);

        assertThatThrownBy(() -> sign(-1)).hasMessageContaining("sequence");
        assertThatThrownBy(() -> Ed25519.sign(new Draft(Kind.VALUE, KEY, 1, 1, tooLarge),
                PUBLISHER.getPublic(),
                PUBLISHER.getPrivate())).hasMessageContaining("8193 bytes");
    }

    @Test
    void prefersTheHigherSequenceAndThenTheLaterEnd() {
        assertThat(sign(8).isNewerThan(sign(7))).isTrue();
        assertThat(sign(7).isNewerThan(sign(8))).isFalse();
        assertThat(sign(7).isNewerThan(sign(7))).isFalse();
    }

    private static SignedRecord withKey(SignedRecord r, byte[] key) {
        return new SignedRecord(r.kind(), r.key(), NodeId.ofPublicKey(key), Bytes.of(key),
                r.sequence(),
                r.expiresAtMillis(), r.payload(), r.signature());
    }

    private static SignedRecord sign(long sequence) {
        var draft = new Draft(Kind.VALUE, KEY, sequence, 1000, Bytes.of((byte) 5));
        return Ed25519.sign(draft, PUBLISHER.getPublic(), PUBLISHER.getPrivate());
    }

    private static KeyPair newKeyPair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
