package io.macula.actors.wire;

/// A message that no frame may carry. Nothing was written or sent; the caller keeps the message
/// and may say so to whoever made it.
public final class FrameTooLongException extends IllegalArgumentException {

    FrameTooLongException(MessageType type, int payloadBytes, int payloadBytesMax) {
        super("a " + type.wireName() + " of " + payloadBytes + " bytes is over the limit of "
                + payloadBytesMax);
    }

    /// The wire code of this refusal.
    public WireError error() {
        return WireError.FRAME_TOO_LONG;
    }
}
