package io.macula.actors.link.quic.kwik;

import io.macula.actors.link.quic.Certificates;
import io.macula.actors.link.quic.DialFailure;
import io.macula.actors.link.quic.QuicConfig;
import io.macula.actors.link.quic.QuicConnection;
import io.macula.actors.link.quic.QuicConnectionHandler;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import tech.kwik.core.QuicClientConnection;
import tech.kwik.core.log.NullLogger;

/// Dials on a virtual thread, each connection from a UDP socket of its own.
final class KwikDialler {

    /// kwik makes the connection's window ten times that of a stream.
    private static final int STREAMS_PER_CONNECTION_WINDOW = 10;

    private static final int ATTEMPTS = 4;

    private final QuicConfig config;
    private final KwikConnections connections;

    KwikDialler(QuicConfig config, KwikConnections connections) {
        this.config = config;
        this.connections = connections;
    }

    CompletionStage<QuicConnection> dial(InetSocketAddress remote, Duration timeout,
            Function<QuicConnection, QuicConnectionHandler> handler) {
        var result = new CompletableFuture<QuicConnection>();
        var deadline = System.nanoTime() + timeout.toNanos();
        Thread.ofVirtual().name("kwik-dial").start(() -> {
            try {
                result.complete(connect(remote, timeout, deadline, handler));
            } catch (IOException e) {
                result.completeExceptionally(e);
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(DialFailure.refused(remote, e.toString(), e));
            }
        });
        return result;
    }

    private KwikConnection connect(InetSocketAddress remote, Duration timeout, long deadline,
            Function<QuicConnection, QuicConnectionHandler> handler) throws IOException {
        for (var attempt = 1;; attempt++) {
            try {
                return connectOnce(remote, deadline, handler);
            } catch (IOException e) {
                if (attempt == ATTEMPTS || !isRace(e) || System.nanoTime() - deadline > 0) {
                    throw explained(remote, timeout, e);
                }
            }
        }
    }

    /// kwik trips over itself in a few of a thousand dials: in its `IdleTimer` (a
    /// NullPointerException), or when a Retry comes before it has noted its own first message (an
    /// error without a reason). The next dial does not.
    private static boolean isRace(IOException e) {
        var words = String.valueOf(e.getMessage());
        return words.contains("NullPointerException") || words.endsWith("Handshake error: ");
    }

    private static IOException explained(InetSocketAddress remote, Duration timeout,
            IOException e) {
        var words = String.valueOf(e.getMessage());
        if (words.contains("timed out")) {
            return DialFailure.silent(remote, timeout);
        }
        return DialFailure.refused(remote,
                words.contains("TLS error 120")
                        ? "it speaks another protocol than " + KwikQuicProvider.ALPN
                        : words,
                e);
    }

    private KwikConnection connectOnce(InetSocketAddress remote, long deadline,
            Function<QuicConnection, QuicConnectionHandler> handler) throws IOException {
        var millis = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
        var quic = client(remote, Duration.ofMillis(millis));
        var connection = new KwikConnection(quic, config, remote, connections::remove);
        quic.setConnectionListener(connection);
        quic.setPeerInitiatedStreamCallback(connection::accept);
        quic.connect();
        if (!connections.add(connection)) {
            quic.close(0, "shutting down");
            throw new IOException("the provider is closed");
        }
        var certificate = quic.getServerCertificateChain().getFirst();
        connection.establish(Certificates.sha256(certificate), handler.apply(connection));
        return connection;
    }

    private QuicClientConnection client(InetSocketAddress remote, Duration timeout)
            throws IOException {
        var window = Math.min(config.streamWindowBytes(),
                config.connectionWindowBytes() / STREAMS_PER_CONNECTION_WINDOW);
        return QuicClientConnection.newBuilder()
                .host(remote.getAddress().getHostAddress())
                .port(remote.getPort())
                .applicationProtocol(KwikQuicProvider.ALPN)
                .noServerCertificateCheck()
                .connectTimeout(timeout)
                .maxIdleTimeout(config.idleTimeout())
                .defaultStreamReceiveBufferSize((long) window)
                .maxOpenPeerInitiatedBidirectionalStreams(0)
                .maxOpenPeerInitiatedUnidirectionalStreams(1)
                .socketFactory(_ -> socket())
                .logger(new NullLogger())
                .build();
    }

    private DatagramSocket socket() throws SocketException {
        var socket = new DatagramSocket();
        socket.setReceiveBufferSize(config.udpBufferBytes());
        socket.setSendBufferSize(config.udpBufferBytes());
        return socket;
    }
}
