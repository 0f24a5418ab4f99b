package io.macula.actors.link.quic;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Shows one certificate to everybody. Java's own managers take a key from a key store, which encrypts it under ten thousand rounds of
/// a hash, and decrypts it again at handshakes: the largest part of a node's first ones.
final class OneKey extends X509ExtendedKeyManager {

    private static final String ALIAS = "node";

    private final ListenerCertificate shown;

    OneKey(ListenerCertificate shown) {
        this.shown = shown;
    }

    /// Types are named like the algorithm of the key, or begin so: `EC`, `EC_EC`, `EdDSA`.
    private @Nullable String aliasFor(@Nullable String keyType) {
        var own = shown.certificate().getPublicKey().getAlgorithm();
        return keyType != null && (keyType.equals(own) || keyType.startsWith(own + "_"))
                ? ALIAS
                : null;
    }

    private @Nullable String aliasFor(String[] keyTypes) {
        return Arrays.stream(keyTypes).anyMatch(type -> aliasFor(type) != null) ? ALIAS : null;
    }

    private String[] aliasesFor(String keyType) {
        return Stream.ofNullable(aliasFor(keyType)).toArray(String[]::new);
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return aliasesFor(keyType);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return aliasesFor(keyType);
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers,
            @Nullable Socket socket) {
        return aliasFor(keyTypes);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers,
            @Nullable Socket socket) {
        return aliasFor(keyType);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(String[] keyTypes,
            Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return aliasFor(keyTypes);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType,
            Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return aliasFor(keyType);
    }

    @Override
    public X509Certificate[] getCertificateChain(@Nullable String alias) {
        return new X509Certificate[]{shown.certificate()};
    }

    @Override
    public PrivateKey getPrivateKey(@Nullable String alias) {
        return shown.key();
    }
}
