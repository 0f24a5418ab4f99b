package io.macula.actors.identity;

import io.macula.actors.link.quic.ListenerCertificate;
import io.macula.dht.NodeId;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the certificates a node shows. The one of a QUIC listener nobody trusts by itself: the
/// handshake of a link signs its hash with the node key, and so binds the TLS session to the node. The
/// one of a member of a Cluster is of the node key itself, and so proves the id.
public final class NodeCertificate {

    /// How long a certificate is valid; it is made anew at every start.
    public static final Duration VALIDITY = Duration.ofDays(3650);

    /// Clocks that are behind by less than this still take the certificate.
    private static final Duration CLOCK_SKEW = Duration.ofDays(1);

    /// Holds what a node says of its realm (X.667: an object identifier made of a UUID).
    private static final String REALM_PROOF = "2.25.288617197059415555598514101110679983612";

    private static final String COMMON_NAME = "2.5.4.3";
    private static final BigInteger VERSION_3 = BigInteger.TWO;
    private static final int EXTENSIONS = 3;
    private static final int SERIAL_BITS = 64;

    private static final Algorithm ECDSA = new Algorithm("SHA256withECDSA", "1.2.840.10045.4.3.2");
    private static final Algorithm EDDSA = new Algorithm("Ed25519", "1.3.101.112");

    /// How a certificate is signed, by Java's name and by the one it has in certificates.
    private record Algorithm(String name, String id) {
        byte[] der() {
            return Der.sequence(Der.objectId(id));
        }
    }

    private NodeCertificate() {}

    /// A self-signed P-256 certificate with a key of its own, CN = `id` in hex.
    public static ListenerCertificate issue(NodeId id, Instant now) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var pair = generator.generateKeyPair();
            return signed(ECDSA, pair.getPrivate(),
                    content(ECDSA, id, pair.getPublic().getEncoded(),
                            now));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot make a P-256 certificate", e);
        }
    }

    /// A self-signed certificate of the node key itself (RFC 8410), CN = id in hex: who shows it in a
    /// TLS handshake proves the id.
    ///
    /// @param realmProof what the node says of its realm
    public static ListenerCertificate ofNodeKey(NodeKey key, byte[] realmProof, Instant now) {
        try {
            var extension = Der.sequence(Der.objectId(REALM_PROOF),
                    Der.octets(Der.octets(realmProof)));
            return signed(EDDSA, key.secret(), content(EDDSA, key.id(), key.publicKey(), now,
                    Der.numbered(EXTENSIONS, Der.sequence(extension))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot make an Ed25519 certificate", e);
        }
    }

    /// What is signed (RFC 5280, 4.1).
    ///
    /// @param publicKey as SubjectPublicKeyInfo
    private static byte[] content(Algorithm algorithm, NodeId id, byte[] publicKey, Instant now,
            byte[]... more) {
        var name = Der.sequence(Der.of(Der.SET, Der.sequence(Der.objectId(COMMON_NAME),
                Der.text(id.hex()))));
        var validity = Der.sequence(Der.time(now.minus(CLOCK_SKEW)), Der.time(now.plus(VALIDITY)));
        var parts = new ArrayList<>(List.of(Der.numbered(0, Der.integer(VERSION_3)),
                Der.integer(new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0)),
                algorithm.der(), name, validity, name, publicKey));
        parts.addAll(List.of(more));
        return Der.sequence(parts.toArray(byte[][]::new));
    }

    private static ListenerCertificate signed(Algorithm algorithm, PrivateKey key, byte[] content)
            throws GeneralSecurityException {
        var signature = Signature.getInstance(algorithm.name());
        signature.initSign(key);
        signature.update(content);
        var whole = Der.sequence(content, algorithm.der(), Der.bits(signature.sign()));
        var certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(whole));
        return new ListenerCertificate((X509Certificate) certificate, key);
    }

    /// What the certificate of a node key says of the realm; empty when it says nothing, or nothing
    /// that can be read.
    public static Optional<byte[]> realmProof(X509Certificate certificate) {
        return Optional.ofNullable(certificate.getExtensionValue(REALM_PROOF))
                .flatMap(Der::octetsIn)
                .flatMap(Der::octetsIn);
    }
}
