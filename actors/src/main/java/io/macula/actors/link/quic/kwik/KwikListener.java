package io.macula.actors.link.quic.kwik;

import io.macula.actors.link.quic.Certificates;
import io.macula.actors.link.quic.ListenerCertificate;
import io.macula.actors.link.quic.QuicConfig;
import io.macula.actors.link.quic.QuicConnectionHandler;
import io.macula.actors.link.quic.QuicListener;
import io.macula.actors.link.quic.SourceGate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import tech.kwik.core.QuicConnection;
import tech.kwik.core.QuicStream;
import tech.kwik.core.log.NullLogger;
import tech.kwik.core.server.ApplicationProtocolConnection;
import tech.kwik.core.server.ApplicationProtocolConnectionFactory;
import tech.kwik.core.server.ServerConnection;
import tech.kwik.core.server.ServerConnectionConfig;
import tech.kwik.core.server.ServerConnector;

/// A bound UDP socket and the connections that came in through it.
///
/// Without Retry (RFC 9000, 8.1.2): kwik has made the threads of a connection before it sends one,
/// so
/// it would protect nothing here, and it then answers some diallers with INVALID_TOKEN. kwik's limit
/// of three times the bytes received still holds until an address is validated.
final class KwikListener implements QuicListener {

    private static final String ALIAS = "listener";
    private static final long UNIDIRECTIONAL_WINDOW = 65_536;
    private static final long REFUSED = 2;
    private static final long KWIK_CLOSE_MILLIS = 2_000;

    private final ListenerSocket socket;
    private final InetSocketAddress local;
    private final ServerConnector connector;
    private final KwikConnections connections;
    private final long graceMillis;
    private final Consumer<KwikListener> onClosed;
    private final AtomicBoolean closed = new AtomicBoolean();

    private KwikListener(ListenerSocket socket, ServerConnector connector,
            KwikConnections connections, long graceMillis, Consumer<KwikListener> onClosed) {
        this.socket = socket;
        this.local = (InetSocketAddress) socket.getLocalSocketAddress();
        this.connector = connector;
        this.connections = connections;
        this.graceMillis = graceMillis;
        this.onClosed = onClosed;
    }

    static KwikListener start(InetSocketAddress local, ListenerCertificate certificate,
            QuicConfig config, KwikConnections connections,
            Function<io.macula.actors.link.quic.QuicConnection, QuicConnectionHandler> accept,
            Consumer<KwikListener> onClosed) throws IOException {
        var socket = new ListenerSocket(local, config.udpBufferBytes());
        try {
            var connector = ServerConnector.builder()
                    .withSocket(socket)
                    .withKeyStore(keyStore(certificate), ALIAS, new char[0])
                    .withConfiguration(bounds(config))
                    .withLogger(new NullLogger())
                    .build();
            connector.registerApplicationProtocol(KwikQuicProvider.ALPN,
                    new Acceptor(config, Certificates.sha256(certificate.certificate()),
                            connections,
                            accept));
            connector.start();
            return new KwikListener(socket, connector, connections,
                    config.closeGrace().toMillis(), onClosed);
        } catch (GeneralSecurityException e) {
            socket.close();
            throw new IOException("the listener's certificate cannot be used", e);
        }
    }

    private static KeyStore keyStore(ListenerCertificate certificate)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(ALIAS, certificate.key(), new char[0],
                new Certificate[]{certificate.certificate()});
        return store;
    }

    private static ServerConnectionConfig bounds(QuicConfig config) {
        return ServerConnectionConfig.builder()
                .maxIdleTimeout(Math.toIntExact(config.idleTimeout().toMillis()))
                .maxConnectionBufferSize(config.connectionWindowBytes())
                .maxBidirectionalStreamBufferSize(config.streamWindowBytes())
                .maxUnidirectionalStreamBufferSize(UNIDIRECTIONAL_WINDOW)
                .maxOpenPeerInitiatedBidirectionalStreams(config.streamsMax())
                .maxOpenPeerInitiatedUnidirectionalStreams(1)
                .retryRequired(false)
                .build();
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    /// Gives the connections their grace, then frees the port; waits for that.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        onClosed.accept(this);
        connections.closeAll("the listener closes", graceMillis + 500);
        var done = new CompletableFuture<Void>();
        Thread.ofPlatform().daemon().name("macula-kwik-close").start(() -> {
            connector.close();
            done.complete(null);
        });
        try {
            done.get(KWIK_CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException _) {
            // a handshake that never ended holds kwik up for 30 s; the port is free all the same
        }
        socket.close();
    }

    /// What kwik asks about connections that come in.
    private static final class Acceptor implements ApplicationProtocolConnectionFactory {

        private final QuicConfig config;
        private final byte[] certificateSha256;
        private final KwikConnections connections;
        private final Function<io.macula.actors.link.quic.QuicConnection, QuicConnectionHandler> accept;
        private final SourceGate gate;

        Acceptor(QuicConfig config, byte[] certificateSha256, KwikConnections connections,
                Function<io.macula.actors.link.quic.QuicConnection, QuicConnectionHandler> accept) {
            this.config = config;
            this.certificateSha256 = certificateSha256;
            this.connections = connections;
            this.accept = accept;
            this.gate = new SourceGate(config.sourceLimit());
        }

        @Override
        public ApplicationProtocolConnection createConnection(String protocol,
                QuicConnection quic) {
            var remote = ((ServerConnection) quic).getInitialRemoteAddress();
            var connection = new KwikConnection(quic, config, remote, connections::remove);
            quic.setConnectionListener(connection);
            if (!gate.admit(remote.getAddress(), System.nanoTime())
                    || !connections.add(connection)) {
                Thread.ofVirtual().start(() -> quic.close(REFUSED, "too many connections"));
                return new ApplicationProtocolConnection() {};
            }
            connection.establish(certificateSha256, accept.apply(connection));
            return new ApplicationProtocolConnection() {
                @Override
                public void acceptPeerInitiatedStream(QuicStream stream) {
                    connection.accept(stream);
                }
            };
        }

        @Override
        public int maxConcurrentPeerInitiatedBidirectionalStreams() {
            return config.streamsMax();
        }

        @Override
        public int maxConcurrentPeerInitiatedUnidirectionalStreams() {
            return 1;
        }
    }
}
