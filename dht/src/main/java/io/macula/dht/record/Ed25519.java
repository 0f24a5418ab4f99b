package io.macula.dht.record;

import io.macula.dht.NodeId;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;

/// Signs and verifies records with Ed25519 (RFC 8032) as the JDK has it. Stateless, for any thread.
public final class Ed25519 implements RecordVerifier {

    private static final String ALGORITHM = "Ed25519";

    private static final int KEY_MAX_BYTES = 64;

    /// Signs `draft` with the node's key pair; publisher and key bytes are taken from the pair.
    public static SignedRecord sign(Draft draft, PublicKey publicKey, PrivateKey privateKey) {
        var key = publicKey.getEncoded();
        var unsigned = new SignedRecord(draft.kind(), draft.key(), NodeId.ofPublicKey(key),
                Bytes.of(key),
                draft.sequence(), draft.expiresAtMillis(), draft.payload(), Bytes.EMPTY);
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(privateKey);
            signature.update(unsigned.signedBytes());
            return unsigned.withSignature(Bytes.of(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the node's own key does not sign", e);
        }
    }

    @Override
    public boolean isGenuine(SignedRecord signed) {
        if (signed.publisherKey().sizeBytes() > KEY_MAX_BYTES) {
            return false;
        }
        var key = signed.publisherKey().toArray();
        if (!signed.publisher().equals(NodeId.ofPublicKey(key))) {
            return false;
        }
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(
                    KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(key)));
            signature.update(signed.signedBytes());
            return signature.verify(signed.signature().toArray());
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }
}
