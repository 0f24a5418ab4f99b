package io.macula.actors.link.quic;

/// One bidirectional stream. Safe to use from any thread; bytes of one [#write] stay together and
/// writes of one thread keep their order.
public interface QuicStream {

    /// What became of a write.
    enum Offer {
        /// Queued, will be sent while the connection lives.
        QUEUED,
        /// Refused: the bounded send queue is full. Nothing was queued; wait for
        /// [QuicStreamHandler#writable()].
        FULL,
        /// Refused: the stream or its connection is closed.
        CLOSED
    }

    /// The QUIC stream id: 0, 4, 8 or 12 for the streams a dialler opens.
    long id();

    /// Queues whole frames. The array belongs to the stream from now on.
    Offer write(byte[] frames);

    /// Bytes queued and not yet handed to QUIC.
    long queuedBytes();

    /// Reads no more until [#resume], so that QUIC's flow control makes the far side wait. What was read
    /// already is still handed over: some 64 KiB at most. Says nothing about the other streams.
    void pause();

    /// Reads again after [#pause].
    void resume();
}
