package io.macula.actors.link.quic;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;

/// One QUIC connection, dialled or accepted. Safe to use from any thread.
public interface QuicConnection {

    InetSocketAddress remoteAddress();

    /// SHA-256 over the DER form of the listener's certificate: the far one's for a dialler, our
    /// own for an accepted connection. 32 bytes.
    byte[] listenerCertificateSha256();

    /// Opens the next bidirectional stream. The first one has id 0, then 4, 8, 12: streams are
    /// opened in the order of the calls. Only the dialler opens streams.
    CompletionStage<QuicStream> openStream(QuicStreamHandler handler);

    /// Sends what is queued, then closes; a second call does nothing.
    void close(long code, String reason);

    /// Name of the provider that carries it.
    String provider();
}
