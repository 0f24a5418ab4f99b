package io.macula.actors.cluster;

import io.macula.actors.identity.NodeCertificate;
import io.macula.actors.identity.NodeKey;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import org.apache.pekko.remote.artery.tcp.SSLEngineProvider;
import scala.Option;

/// TLS 1.3 between members: both ends show a certificate of their node key, and both judge it.
final class ClusterTls implements SSLEngineProvider {

    private static final String PROTOCOL = "TLSv1.3";

    /// By default, a client of Java draws a second key, of P-256, for each session, in case the other end knows no X25519. Members do.
    private static final String[] GROUPS = {"x25519"};

    private final SSLContext context;
    private final MemberDialling dialling;

    private ClusterTls(SSLContext context, MemberDialling dialling) {
        this.context = context;
        this.dialling = dialling;
    }

    /// @param now when the certificate begins to be valid
    static ClusterTls of(NodeKey key, ClusterTrust trust, Instant now, MemberDialling dialling) {
        try {
            var parts = parts(key, trust, now);
            var context = SSLContext.getInstance(PROTOCOL);
            context.init(new KeyManager[]{parts.keys()}, new TrustManager[]{parts.trust()},
                    new SecureRandom());
            return new ClusterTls(context, dialling);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot do TLS 1.3", e);
        }
    }

    /// What both ends of a session between members show, and judge by.
    static MemberTls parts(NodeKey key, ClusterTrust trust, Instant now) {
        var shown = NodeCertificate.ofNodeKey(key, trust.proofFor(key.publicKey()), now);
        return new MemberTls(shown.keys(), new MemberTrustManager(trust));
    }

    @Override
    public SSLEngine createServerSSLEngine(String hostname, int port) {
        var engine = engine(hostname, port);
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(true);
        return engine;
    }

    @Override
    public SSLEngine createClientSSLEngine(String hostname, int port) {
        var engine = engine(hostname, port);
        engine.setUseClientMode(true);
        return dialling.to(new ClusterAddress(hostname, port), engine);
    }

    private SSLEngine engine(String hostname, int port) {
        var engine = context.createSSLEngine(hostname, port);
        engine.setEnabledProtocols(new String[]{PROTOCOL});
        var parameters = engine.getSSLParameters();
        parameters.setNamedGroups(GROUPS);
        engine.setSSLParameters(parameters);
        return engine;
    }

    /// The trust manager has judged already.
    @Override
    public Option<Throwable> verifyClientSession(String hostname, SSLSession session) {
        return Option.empty();
    }

    /// The trust manager has judged already.
    @Override
    public Option<Throwable> verifyServerSession(String hostname, SSLSession session) {
        return Option.empty();
    }
}
