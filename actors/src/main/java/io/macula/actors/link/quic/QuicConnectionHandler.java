package io.macula.actors.link.quic;

/// Hears what happens to one connection. Called on the provider's threads: must not block.
public interface QuicConnectionHandler {

    /// The far side opened a stream; the answer hears its bytes. Bounded: a dialler may open as
    /// many streams as there are stream classes and no more.
    QuicStreamHandler streamOpened(QuicStream stream);

    /// The connection is gone, for whatever reason; called exactly once and last.
    void closed(String reason);
}
