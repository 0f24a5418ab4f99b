package io.macula.benchmarks.traffic;

import io.macula.actors.identity.NodeCertificate;
import io.macula.dht.NodeId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// The one key and certificate of a run, which everybody with TLS shows and trusts: P-256, as our own
/// nodes do, in the forms that the others read.
///
/// @param folder where they lie
record Secrets(Path folder) {

    static final String PASSWORD = "measured";
    private static final String ALIAS = "bench";

    static Secrets of(Path folder) {
        return new Secrets(folder);
    }

    /// Makes them.
    static Secrets make(Path folder) {
        var made = NodeCertificate.issue(NodeId.of(new byte[NodeId.SIZE_BYTES]), Instant.now());
        var secrets = new Secrets(folder);
        try {
            Files.writeString(secrets.keyFile(), pem("PRIVATE KEY", made.key().getEncoded()));
            Files.writeString(secrets.certificateFile(),
                    pem("CERTIFICATE", made.certificate().getEncoded()));
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, made.key(), PASSWORD.toCharArray(),
                    new Certificate[]{made.certificate()});
            save(store, secrets.keyStore());
            var trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(ALIAS, made.certificate());
            save(trusted, secrets.trustStore());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return secrets;
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(der) + "\n-----END "
                + what + "-----\n";
    }

    private static void save(KeyStore store, Path file)
            throws IOException, GeneralSecurityException {
        try (var out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
    }

    Path keyFile() {
        return folder.resolve("key.pem");
    }

    Path certificateFile() {
        return folder.resolve("certificate.pem");
    }

    Path keyStore() {
        return folder.resolve("key.p12");
    }

    Path trustStore() {
        return folder.resolve("trust.p12");
    }

    private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    PrivateKey key() throws IOException, GeneralSecurityException {
        Key key = load(keyStore()).getKey(ALIAS, PASSWORD.toCharArray());
        return (PrivateKey) key;
    }

    X509Certificate certificate() throws IOException, GeneralSecurityException {
        return (X509Certificate) load(keyStore()).getCertificate(ALIAS);
    }

    /// Trusts this certificate and no other.
    TrustManager[] trust() throws IOException, GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(load(trustStore()));
        return factory.getTrustManagers();
    }
}
