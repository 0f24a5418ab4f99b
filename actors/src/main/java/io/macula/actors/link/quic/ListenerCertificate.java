package io.macula.actors.link.quic;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509ExtendedKeyManager;

/// What a listener shows in the TLS handshake: a self-signed P-256 certificate and its key.
public record ListenerCertificate(X509Certificate certificate, PrivateKey key) {

    /// Shows it in handshakes.
    public X509ExtendedKeyManager keys() {
        return new OneKey(this);
    }

    /// Keeps the key out of logs.
    @Override
    public String toString() {
        return "ListenerCertificate[" + certificate.getSubjectX500Principal() + "]";
    }
}
