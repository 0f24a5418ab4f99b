package io.macula.coordination.raft;

import java.math.BigInteger;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/// Somebody with a self-signed certificate, as nodes have one.
record Member(X509Certificate certificate, PrivateKey key) {

    static Member named(String name) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var pair = generator.generateKeyPair();
            var subject = new X500Name("CN=" + name);
            var now = Instant.now();
            var builder = new JcaX509v3CertificateBuilder(subject, BigInteger.ONE,
                    Date.from(now.minus(Duration.ofDays(1))),
                    Date.from(now.plus(Duration.ofDays(1))), subject, pair.getPublic());
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
            return new Member(new JcaX509CertificateConverter()
                    .getCertificate(builder.build(signer)), pair.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("no certificate for " + name, e);
        }
    }

    /// Shows this certificate, and trusts exactly those of `members`.
    Transport.MutualTls trusting(Set<X509Certificate> members) {
        return new Transport.MutualTls(new OneKey(this), new Pinned(members));
    }

    private static final class OneKey extends X509ExtendedKeyManager {

        private final Member member;

        OneKey(Member member) {
            this.member = member;
        }

        @Override
        public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
            return new String[]{"own"};
        }

        @Override
        public String chooseClientAlias(String[] types, Principal @Nullable [] issuers,
                @Nullable Socket socket) {
            return "own";
        }

        @Override
        public String chooseEngineClientAlias(String[] types, Principal @Nullable [] issuers,
                @Nullable SSLEngine engine) {
            return "own";
        }

        @Override
        public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
            return new String[]{"own"};
        }

        @Override
        public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers,
                @Nullable Socket socket) {
            return "EC".equals(type) ? "own" : null;
        }

        @Override
        public @Nullable String chooseEngineServerAlias(String type, Principal @Nullable [] issuers,
                @Nullable SSLEngine engine) {
            return "EC".equals(type) ? "own" : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[]{member.certificate()};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return member.key();
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
