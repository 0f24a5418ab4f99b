package io.macula.actors.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;

class NodeCertificateTest {

    @Test
    void namesItsNodeAndSignsItself() throws Exception {
        var id = NodeKey.generate().id();
        var now = Instant.parse("2026-01-01T00:00:00Z");

        var issued = NodeCertificate.issue(id, now);

        var certificate = issued.certificate();
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + id.hex());
        assertThat(certificate.getIssuerX500Principal())
                .isEqualTo(certificate.getSubjectX500Principal());
        certificate.verify(certificate.getPublicKey());
        certificate.checkValidity(Date.from(now));
        assertThat(((ECPublicKey) certificate.getPublicKey()).getParams()
                .getCurve()
                .getField()
                .getFieldSize()).isEqualTo(256);
        assertThat(issued.toString()).contains(id.hex());
    }

    @Test
    void ofANodeKeyCarriesItAndWhatTheNodeSaysOfItsRealm() throws Exception {
        var key = NodeKey.generate();
        var now = Instant.parse("2026-01-01T00:00:00Z");
        var said = "of the realm ".repeat(20).getBytes(StandardCharsets.UTF_8);

        var certificate = NodeCertificate.ofNodeKey(key, said, now).certificate();

        certificate.verify(certificate.getPublicKey());
        certificate.checkValidity(Date.from(now));
        assertThat(certificate.getPublicKey().getEncoded()).isEqualTo(key.publicKey());
        assertThat(certificate.getSerialNumber()).isPositive();
        assertThat(NodeCertificate.realmProof(certificate)).hasValue(said);
        assertThat(NodeCertificate.realmProof(NodeCertificate.issue(key.id(), now).certificate()))
                .isEmpty();
    }

    /// By another library, which finds nothing to write in another way.
    @Test
    void isWrittenAsTheStandardSays() throws Exception {
        var key = NodeKey.generate();
        for (var issued : List.of(NodeCertificate.ofNodeKey(key, new byte[]{1}, Instant.EPOCH),
                NodeCertificate.issue(key.id(), Instant.parse("2045-01-01T00:00:00Z")))) {
            var encoded = issued.certificate().getEncoded();

            var read = new X509CertificateHolder(encoded);

            assertThat(read.toASN1Structure().getEncoded(ASN1Encoding.DER)).isEqualTo(encoded);
            assertThat(read.getSubject()).isEqualTo(new X500Name("CN=" + key.id().hex()));
            assertThat(read.getVersionNumber()).isEqualTo(3);
        }
    }

    @Test
    void isAnotherOneEachTime() {
        var id = NodeKey.generate().id();

        assertThat(NodeCertificate.issue(id, Instant.EPOCH).certificate().getSerialNumber())
                .isNotEqualTo(NodeCertificate.issue(id, Instant.EPOCH)
                        .certificate()
                        .getSerialNumber());
    }
}
