package io.macula.actors.link;

import io.macula.actors.wire.FrameCodec;
import io.macula.actors.wire.Message;
import org.jspecify.annotations.Nullable;

/// A message to be sent over many links, encoded once: by the first [Link#send] that needs it, on
/// that caller's thread. Safe to use from any thread.
public final class OutFrame {

    private final Message message;

    /// Written without a lock: two threads that come at once make the same bytes.
    private volatile byte @Nullable [] bytes;

    public OutFrame(Message message) {
        this.message = message;
    }

    public Message message() {
        return message;
    }

    /// The frame; shared by all links, so nobody writes to it. Ends in
    /// [io.macula.actors.wire.FrameTooLongException] when its payload would be longer than
    /// `payloadBytesMax`, which is the same for all links of a node.
    byte[] bytes(int payloadBytesMax) {
        var encoded = bytes;
        if (encoded == null) {
            encoded = FrameCodec.encode(message, payloadBytesMax);
            bytes = encoded;
        }
        return encoded;
    }

    @Override
    public String toString() {
        return "OutFrame[" + message.type().wireName() + "]";
    }
}
