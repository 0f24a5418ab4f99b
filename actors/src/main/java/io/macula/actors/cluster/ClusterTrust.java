package io.macula.actors.cluster;

import io.macula.actors.identity.NodeCertificate;
import io.macula.actors.identity.NodeKey;
import io.macula.actors.identity.Realm;
import io.macula.dht.NodeId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Set;

/// Decides from its certificate whether a node may be a member. TLS has proved by then that it holds
/// the certificate's key. Pure.
///
/// The key of the certificate is the node's own Ed25519 key, so the id follows from it and nobody has
/// to vouch for it. The realm is said in an extension, for this key only: a hash of the realm's name,
/// or the proof of its secret when it has one. Who copies the extension lacks the key it is for.
///
/// @param members the only nodes that are let in, empty for every node of the realm
record ClusterTrust(Realm realm, Set<NodeId> members) {

    private static final String LABEL = "macula cluster 1";

    sealed interface Verdict {
        record Member(NodeId node) implements Verdict {}

        /// One sentence.
        record Refused(String why) implements Verdict {}
    }

    ClusterTrust {
        members = Set.copyOf(members);
    }

    /// What this node says of its realm in its certificate.
    byte[] proofFor(byte[] publicKey) {
        var statement = statement(publicKey);
        return switch (realm.admission()) {
            case Realm.Admission.Secret(var secret) -> secret.proof(statement);
            case Realm.Admission.Open _,Realm.Admission.Members _ -> sha256(statement);
        };
    }

    Verdict judge(X509Certificate certificate) {
        var publicKey = certificate.getPublicKey().getEncoded();
        if (publicKey == null || !NodeKey.isPublicKey(publicKey)) {
            return new Verdict.Refused("the certificate is not of a node key");
        }
        var node = NodeId.ofPublicKey(publicKey);
        var proof = NodeCertificate.realmProof(certificate);
        if (proof.isEmpty() || !MessageDigest.isEqual(proof.get(), proofFor(publicKey))) {
            return new Verdict.Refused("node " + node.hex() + " does not prove that it belongs to"
                    + " the realm " + realm.name());
        }
        return isWanted(node)
                ? new Verdict.Member(node)
                : new Verdict.Refused("node " + node.hex() + " is not in the list of members");
    }

    private boolean isWanted(NodeId node) {
        var ofRealm = !(realm.admission() instanceof Realm.Admission.Members(var ids))
                || ids.contains(node);
        return ofRealm && (members.isEmpty() || members.contains(node));
    }

    private byte[] statement(byte[] publicKey) {
        var out = new ByteArrayOutputStream(256);
        append(out, LABEL.getBytes(StandardCharsets.US_ASCII));
        append(out, realm.name().getBytes(StandardCharsets.UTF_8));
        append(out, publicKey);
        return out.toByteArray();
    }

    private static void append(ByteArrayOutputStream out, byte[] field) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
        out.writeBytes(field);
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
