package io.macula.actors.identity;

import io.macula.actors.link.quic.ListenerCertificate;
import io.macula.dht.NodeId;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

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

    private NodeCertificate() {}

    /// A self-signed P-256 certificate with a key of its own, CN = `id` in hex.
    public static ListenerCertificate issue(NodeId id, Instant now) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var pair = generator.generateKeyPair();
            var name = new X500Name("CN=" + id.hex());
            var serial = new BigInteger(64, new SecureRandom()).setBit(0);
            var builder = new JcaX509v3CertificateBuilder(name, serial,
                    Date.from(now.minus(CLOCK_SKEW)), Date.from(now.plus(VALIDITY)), name,
                    pair.getPublic());
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
            var certificate = new JcaX509CertificateConverter().getCertificate(
                    builder.build(signer));
            return new ListenerCertificate(certificate, pair.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("this Java cannot make a P-256 certificate", e);
        }
    }

    /// A self-signed certificate of the node key itself (RFC 8410), CN = id in hex: who shows it in a
    /// TLS handshake proves the id.
    ///
    /// @param realmProof what the node says of its realm
    public static ListenerCertificate ofNodeKey(NodeKey key, byte[] realmProof, Instant now) {
        try {
            var name = new X500Name("CN=" + key.id().hex());
            var serial = new BigInteger(64, new SecureRandom()).setBit(0);
            var builder = new X509v3CertificateBuilder(name, serial,
                    Date.from(now.minus(CLOCK_SKEW)), Date.from(now.plus(VALIDITY)), name,
                    SubjectPublicKeyInfo.getInstance(key.publicKey()));
            builder.addExtension(new ASN1ObjectIdentifier(REALM_PROOF), false,
                    new DEROctetString(realmProof));
            var signer = new JcaContentSignerBuilder("Ed25519").build(key.secret());
            var certificate = new JcaX509CertificateConverter().getCertificate(
                    builder.build(signer));
            return new ListenerCertificate(certificate, key.secret());
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException("this Java cannot make an Ed25519 certificate", e);
        }
    }

    /// What the certificate of a node key says of the realm; empty when it says nothing, or nothing
    /// that can be read.
    public static Optional<byte[]> realmProof(X509Certificate certificate) {
        var wrapped = certificate.getExtensionValue(REALM_PROOF);
        try {
            return wrapped == null
                    ? Optional.empty()
                    : Optional.of(octets(octets(wrapped)));
        } catch (IllegalArgumentException notOctets) {
            return Optional.empty();
        }
    }

    private static byte[] octets(byte[] der) {
        return ASN1OctetString.getInstance(der).getOctets();
    }
}
