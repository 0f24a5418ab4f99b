package io.macula.actors.link.quic;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// One QUIC library, made to carry links: TLS 1.3, ALPN `macula`, bidirectional streams.
///
/// A dialler accepts any certificate; whose it is, is proved by the link's own handshake, which
/// signs the certificate's hash. Closing the provider closes its listeners and connections.
public interface QuicProvider extends AutoCloseable {

    /// `netty` or `kwik`.
    String name();

    /// Binds a UDP port (0 = any) and accepts connections on it. `accept` is called once per
    /// connection, before any byte is read from it, and returns who hears of it.
    /// Fails with an [java.io.IOException] that says why, such as the port being in use.
    CompletionStage<QuicListener> listen(InetSocketAddress local, ListenerCertificate certificate,
            Function<QuicConnection, QuicConnectionHandler> accept);

    /// Opens a connection. `handler` makes the listener of the connection, as in [#listen].
    /// Fails with an [java.io.IOException] when the far side does not answer within `timeout`.
    CompletionStage<QuicConnection> dial(InetSocketAddress remote, Duration timeout,
            Function<QuicConnection, QuicConnectionHandler> handler);

    @Override
    void close();
}
