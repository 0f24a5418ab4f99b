package io.macula.actors.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macula.actors.identity.NodeCertificate;
import io.macula.actors.identity.NodeKey;
import io.macula.actors.identity.Realm;
import io.macula.actors.identity.RealmSecret;
import io.macula.dht.NodeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

class ClusterTlsTest {

    private static final Instant NOW = Instant.now();
    private static final NodeKey ONE = NodeKey.generate();
    private static final NodeKey TWO = NodeKey.generate();
    private static final Realm OPEN = Realm.open("home");

    private static Realm secret(String text) {
        return Realm.closed("home", RealmSecret.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static ClusterTls tls(NodeKey key, Realm realm, NodeId... members) {
        return ClusterTls.of(key, new ClusterTrust(realm, Set.of(members)), NOW,
                MemberDialling.REAL);
    }

    @Test
    void nodesOfARealmTrustEachOtherByTheirKeys() throws SSLException {
        var server = tls(ONE, OPEN).createServerSSLEngine("one", 1);
        var client = tls(TWO, OPEN).createClientSSLEngine("two", 2);

        handshake(client, server);

        assertThat(server.getSession().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(idOf(server)).isEqualTo(TWO.id());
        assertThat(idOf(client)).isEqualTo(ONE.id());
    }

    private static NodeId idOf(SSLEngine engine) throws SSLException {
        return NodeId.ofPublicKey(engine.getSession().getPeerCertificates()[0].getPublicKey()
                .getEncoded());
    }

    @Test
    void whoeverKnowsTheSecretIsLetIn() throws SSLException {
        var server = tls(ONE, secret("sixteen bytes or more")).createServerSSLEngine("one", 1);
        var client = tls(TWO, secret("sixteen bytes or more")).createClientSSLEngine("two", 2);

        handshake(client, server);

        assertThat(idOf(server)).isEqualTo(TWO.id());
    }

    @Test
    void whoeverKnowsAnotherSecretIsRefusedAtBothEnds() {
        assertRefused(tls(ONE, secret("sixteen bytes or more")),
                tls(TWO, secret("another sixteen bytes")));
        assertRefused(tls(ONE, secret("sixteen bytes or more")), tls(TWO, OPEN));
        assertRefused(tls(ONE, OPEN), tls(TWO, secret("sixteen bytes or more")));
    }

    @Test
    void whoeverIsOfAnotherRealmIsRefused() {
        assertRefused(tls(ONE, OPEN), tls(TWO, Realm.open("elsewhere")));
    }

    @Test
    void whoeverIsNotInTheListIsRefusedWhoeverConnects() {
        var wantsOnlyItself = tls(ONE, OPEN, ONE.id());

        assertRefused(wantsOnlyItself, tls(TWO, OPEN));
        assertRefused(tls(TWO, OPEN), wantsOnlyItself);
    }

    @Test
    void whoeverIsNoMemberOfTheRealmIsRefused() {
        assertRefused(tls(ONE, Realm.ofMembers("home", Set.of(ONE.id()))),
                tls(TWO, Realm.ofMembers("home", Set.of(TWO.id()))));
    }

    @Test
    void aClientWithoutACertificateIsRefused() throws Exception {
        var context = javax.net.ssl.SSLContext.getInstance("TLSv1.3");
        context.init(null, new javax.net.ssl.TrustManager[]{
            new MemberTrustManager(new ClusterTrust(OPEN, Set.of()))}, null);
        var client = context.createSSLEngine("two", 2);
        client.setUseClientMode(true);
        var server = tls(ONE, OPEN).createServerSSLEngine("one", 1);

        assertThatThrownBy(() -> handshake(client, server)).isInstanceOf(SSLException.class);
    }

    @Test
    void theCertificateOfAListenerProvesNoId() {
        var trust = new ClusterTrust(OPEN, Set.of());
        var listener = NodeCertificate.issue(ONE.id(), NOW).certificate();

        assertThat(trust.judge(listener)).isInstanceOf(ClusterTrust.Verdict.Refused.class);
    }

    @Test
    void aProofCopiedFromAnotherNodeIsWorthNothing() {
        var trust = new ClusterTrust(secret("sixteen bytes or more"), Set.of());
        var copied = trust.proofFor(ONE.publicKey());

        var thief = NodeCertificate.ofNodeKey(TWO, copied, NOW).certificate();
        var owner = NodeCertificate.ofNodeKey(ONE, copied, NOW).certificate();

        assertThat(trust.judge(thief)).isInstanceOf(ClusterTrust.Verdict.Refused.class);
        assertThat(trust.judge(owner)).isEqualTo(new ClusterTrust.Verdict.Member(ONE.id()));
    }

    @Test
    void aProofOfNoOrOfOddLengthIsRefused() {
        var trust = new ClusterTrust(OPEN, Set.of());

        assertThat(trust.judge(NodeCertificate.ofNodeKey(ONE, new byte[0], NOW).certificate()))
                .isInstanceOf(ClusterTrust.Verdict.Refused.class);
        assertThat(trust.judge(NodeCertificate.ofNodeKey(ONE, new byte[33], NOW).certificate()))
                .isInstanceOf(ClusterTrust.Verdict.Refused.class);
    }

    private static void assertRefused(ClusterTls server, ClusterTls client) {
        assertThatThrownBy(() -> handshake(client.createClientSSLEngine("two", 2),
                server.createServerSSLEngine("one", 1))).isInstanceOf(SSLException.class);
    }

    /// Passes the records of both ends to each other until neither has more to say.
    private static void handshake(SSLEngine client, SSLEngine server) throws SSLException {
        var toServer = ByteBuffer.allocate(1 << 16);
        var toClient = ByteBuffer.allocate(1 << 16);
        client.beginHandshake();
        server.beginHandshake();
        for (var round = 0; round < 50; round++) {
            speak(client, toServer);
            listen(server, toServer);
            speak(server, toClient);
            listen(client, toClient);
        }
        assertThat(client.getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);
        assertThat(server.getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);
    }

    private static void speak(SSLEngine engine, ByteBuffer out) throws SSLException {
        tasks(engine);
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            engine.wrap(ByteBuffer.allocate(0), out);
            tasks(engine);
        }
    }

    private static void listen(SSLEngine engine, ByteBuffer in) throws SSLException {
        in.flip();
        while (in.hasRemaining() && engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
            engine.unwrap(in, ByteBuffer.allocate(1 << 16));
            tasks(engine);
        }
        in.compact();
    }

    private static void tasks(SSLEngine engine) {
        for (var task = engine.getDelegatedTask(); task != null; task = engine
                .getDelegatedTask()) {
            task.run();
        }
    }
}
