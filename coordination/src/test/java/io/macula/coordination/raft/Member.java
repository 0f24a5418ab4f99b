package io.macula.coordination.raft;

import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Somebody with a self-signed Ed25519 certificate, as nodes have one.
record Member(X509Certificate certificate, PrivateKey key) {

    /// Protects a key store that never leaves memory.
    private static final char[] NO_PASSWORD = {};

    static Member named(String name) {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            var subject = new X500Name("CN=" + name);
            var now = Instant.now();
            var builder = new JcaX509v3CertificateBuilder(subject, BigInteger.ONE,
                    Date.from(now.minus(Duration.ofDays(1))),
                    Date.from(now.plus(Duration.ofDays(1))), subject, pair.getPublic());
            var signer = new JcaContentSignerBuilder("Ed25519").build(pair.getPrivate());
            return new Member(new JcaX509CertificateConverter()
                    .getCertificate(builder.build(signer)), pair.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("no certificate for " + name, e);
        }
    }

    /// Shows this certificate, and trusts exactly those of `members`.
    Transport.MutualTls trusting(Set<X509Certificate> members) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry("own", key, NO_PASSWORD, new Certificate[]{certificate});
            var keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, NO_PASSWORD);
            return new Transport.MutualTls((X509ExtendedKeyManager) keys.getKeyManagers()[0],
                    new Pinned(members));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no key store", e);
        }
    }

    private static final class Pinned extends X509ExtendedTrustManager {

        private final Set<X509Certificate> members;

        Pinned(Set<X509Certificate> members) {
            this.members = Set.copyOf(members);
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            if (!members.contains(chain[0])) {
                throw new CertificateException("no member: " + chain[0].getSubjectX500Principal());
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            check(chain);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
