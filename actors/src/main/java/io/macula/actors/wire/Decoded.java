package io.macula.actors.wire;

/// What decoding one frame came to.
public sealed interface Decoded {

    /// The frame holds `message`.
    record Ok(Message message) implements Decoded {}

    /// The frame is well delimited, but no message has this type id.
    record UnknownType(int id) implements Decoded {}

    /// The bytes are not a frame or its payload is not a message; `message` is one sentence.
    record Malformed(WireError error, String message) implements Decoded {}
}
