package io.macula.actors.link;

import io.macula.actors.identity.NodeKey;
import io.macula.actors.identity.RealmSecret;
import io.macula.actors.wire.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;

/// Everything the two sides of a handshake agreed on, in the form they sign. Each proof covers all
/// of it under a label of its own, every field behind its length, so that no proof can stand for
/// another one, for another session, or for other values. The certificate hash ties it to the TLS
/// session: whoever stands between shows another certificate.
///
/// @param asked
///            heartbeat the dialler asked for
/// @param agreed
///            heartbeat the listener decided on
record Transcript(String realm, Party dialler, Party listener, Bytes certificateSha256,
        Duration asked, Duration agreed) {

    /// What one side said about itself.
    record Party(Bytes nodeId, String endpoint, Bytes publicKey, Bytes nonce) {}

    /// Which side makes a proof.
    enum Role {
        DIALLER, LISTENER
    }

    private static final String LABEL = "macula link 1 ";

    /// Signs as `role` with its node key.
    Bytes sign(Role role, NodeKey key) {
        return Bytes.of(key.sign(encode("identity", role)));
    }

    /// True when `signature` was made by `role` with the key it named.
    boolean isSignedBy(Role role, Bytes signature) {
        var party = role == Role.DIALLER ? dialler : listener;
        return NodeKey.verify(party.publicKey().toArray(), encode("identity", role),
                signature.toArray());
    }

    /// Proves as `role` to know the secret of the realm.
    Bytes proveRealm(Role role, RealmSecret secret) {
        return Bytes.of(secret.proof(encode("realm", role)));
    }

    /// True when `proof` was made by `role` with `secret`; takes the same time either way.
    boolean isRealmProof(Role role, RealmSecret secret, Bytes proof) {
        return MessageDigest.isEqual(secret.proof(encode("realm", role)), proof.toArray());
    }

    private byte[] encode(String purpose, Role role) {
        var out = new ByteArrayOutputStream(512);
        append(out, Bytes.utf8(LABEL + purpose + " " + role));
        append(out, Bytes.utf8(realm));
        append(out, dialler);
        append(out, listener);
        append(out, certificateSha256);
        append(out, asked);
        append(out, agreed);
        return out.toByteArray();
    }

    private static void append(ByteArrayOutputStream out, Party party) {
        append(out, party.nodeId());
        append(out, Bytes.of(party.endpoint().getBytes(StandardCharsets.UTF_8)));
        append(out, party.publicKey());
        append(out, party.nonce());
    }

    private static void append(ByteArrayOutputStream out, Duration duration) {
        append(out, Bytes.of(ByteBuffer.allocate(Long.BYTES).putLong(duration.toMillis()).array()));
    }

    private static void append(ByteArrayOutputStream out, Bytes field) {
        var bytes = field.toArray();
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        out.writeBytes(bytes);
    }
}
