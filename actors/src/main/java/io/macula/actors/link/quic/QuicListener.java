package io.macula.actors.link.quic;

import java.net.InetSocketAddress;

/// A bound UDP port that accepts connections until it is closed.
public interface QuicListener extends AutoCloseable {

    /// The address that was bound, with the real port when 0 was asked for.
    InetSocketAddress localAddress();

    /// Closes the port and every connection that came in through it.
    @Override
    void close();
}
