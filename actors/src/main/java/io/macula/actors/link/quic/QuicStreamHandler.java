package io.macula.actors.link.quic;

import java.nio.ByteBuffer;

/// Hears one stream. Calls for one stream come one at a time; must not block.
public interface QuicStreamHandler {

    /// The next bytes, cut anywhere. The buffer is only valid during the call.
    void received(ByteBuffer bytes);

    /// The send queue, which had refused a write, has drained below half its bound.
    void writable();

    /// The stream ended; nothing more will be received.
    void closed();
}
