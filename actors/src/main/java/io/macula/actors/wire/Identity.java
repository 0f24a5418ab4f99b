package io.macula.actors.wire;

import org.jspecify.annotations.Nullable;

/// The proof of identity in [Connect] and [Pong]: keys of ours on top of Macula 0.14. It stands
/// in the message when any of its keys does.
///
/// @param publicKey
///            the node's Ed25519 key (SubjectPublicKeyInfo); its hash is the node id
/// @param nonce
///            random bytes the other side signs
/// @param signature
///            over both nonces, both ids, the realm and the listener's certificate
/// @param realmProof
///            HMAC under the realm's secret, absent in an open realm
/// @param heartbeatMillis
///            wished or granted time between heartbeats
public record Identity(@Nullable Bytes publicKey, @Nullable Bytes nonce, @Nullable Bytes signature,
        @Nullable Bytes realmProof, @Nullable Integer heartbeatMillis) {

    void encode(FieldWriter out) {
        out.bytes(Field.PUBLIC_KEY, publicKey);
        out.bytes(Field.NONCE, nonce);
        out.bytes(Field.SIGNATURE, signature);
        out.bytes(Field.REALM_PROOF, realmProof);
        out.number(Field.HEARTBEAT_MS, heartbeatMillis);
    }

    /// Gathers the keys as they come.
    static final class Builder {

        private @Nullable Bytes publicKey;
        private @Nullable Bytes nonce;
        private @Nullable Bytes signature;
        private @Nullable Bytes realmProof;
        private @Nullable Integer heartbeatMillis;

        /// Reads the value of one of our keys, and passes over that of any other.
        void read(Field field, FieldReader in) {
            switch (field) {
                case PUBLIC_KEY -> publicKey = in.bytes();
                case NONCE -> nonce = in.bytes();
                case SIGNATURE -> signature = in.bytes();
                case REALM_PROOF -> realmProof = in.bytes();
                case HEARTBEAT_MS -> heartbeatMillis = in.count();
                default -> in.skip();
            }
        }

        @Nullable
        Identity build() {
            return publicKey == null && nonce == null && signature == null && realmProof == null
                    && heartbeatMillis == null
                            ? null
                            : new Identity(publicKey, nonce, signature, realmProof,
                                    heartbeatMillis);
        }
    }
}
