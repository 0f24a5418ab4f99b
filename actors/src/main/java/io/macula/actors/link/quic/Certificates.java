package io.macula.actors.link.quic;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;

/// The one thing a link needs to know of a listener's certificate.
public final class Certificates {

    private Certificates() {}

    /// SHA-256 over the DER form, 32 bytes.
    public static byte[] sha256(Certificate certificate) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was parsed has a DER form", e);
        }
    }
}
