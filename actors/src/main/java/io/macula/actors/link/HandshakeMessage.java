package io.macula.actors.link;

import io.macula.actors.wire.Bytes;
import org.jspecify.annotations.Nullable;

/// What the two sides of a handshake say, freed from how a frame writes it. Values are as they
/// came in: lengths and meaning are judged by the handshake.
sealed interface HandshakeMessage {

    /// The version of the handshake.
    String VERSION = "1.0";

    /// The dialler introduces itself, and in a second one proves itself (`connect`).
    record Connect(String version, Bytes nodeId, String realm, String endpoint,
            Credentials credentials) implements HandshakeMessage {}

    /// The listener introduces and proves itself, and in a second one accepts (`pong`).
    ///
    /// @param accepted
    ///            true in the second one only
    record Pong(Bytes nodeId, String endpoint, Credentials credentials, boolean accepted)
            implements
                HandshakeMessage {}

    /// Either side says why it will not go on (`disconnect`).
    record Disconnect(Disconnected reason) implements HandshakeMessage {}

    /// Anything else; it has no place in a handshake.
    record Foreign(String type) implements HandshakeMessage {}

    /// The proofs beside the fields that Macula 0.14 has.
    ///
    /// @param publicKey
    ///            SubjectPublicKeyInfo of the node key
    /// @param heartbeatMillis
    ///            asked for by the dialler, decided by the listener
    record Credentials(@Nullable Bytes publicKey, @Nullable Bytes nonce, @Nullable Bytes signature,
            @Nullable Bytes realmProof, @Nullable Integer heartbeatMillis) {

        static final Credentials NONE = new Credentials(null, null, null, null, null);

        /// The same without what only the second message of a side carries.
        Credentials withoutRealmProof() {
            return new Credentials(publicKey, nonce, signature, null, heartbeatMillis);
        }

        /// The same without any proof.
        Credentials withoutProofs() {
            return new Credentials(publicKey, nonce, null, null, heartbeatMillis);
        }
    }
}
