package io.macula.actors.identity;

import io.macula.actors.link.quic.ListenerCertificate;
import io.macula.dht.NodeId;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Makes the certificate a listener shows. Nobody trusts it by itself: the handshake of a link
/// signs its hash with the node key, and so binds the TLS session to the node.
public final class NodeCertificate {

    /// How long a certificate is valid; it is made anew at every start.
    public static final Duration VALIDITY = Duration.ofDays(3650);

    /// Clocks that are behind by less than this still take the certificate.
    private static final Duration CLOCK_SKEW = Duration.ofDays(1);

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
}
