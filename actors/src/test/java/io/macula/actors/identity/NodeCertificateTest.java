package io.macula.actors.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Date;
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
    void isAnotherOneEachTime() {
        var id = NodeKey.generate().id();

        assertThat(NodeCertificate.issue(id, Instant.EPOCH).certificate().getSerialNumber())
                .isNotEqualTo(NodeCertificate.issue(id, Instant.EPOCH)
                        .certificate()
                        .getSerialNumber());
    }
}
