package io.macula.actors.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Frames as plain trees that any JSON library can print, and back. Keys are in the order of the
/// frame; values are String, Long, Double, Boolean, null, List and Map. A byte string is its text
/// when it is well-formed UTF-8 without control characters and does not begin with `hex:`, else
/// `hex:` and lower-case digits. A list that came as a `str` of code points is a list.
public final class WireText {

    private WireText() {}

    /// What reading a frame came to.
    public sealed interface Read {

        /// All keys of the frame's map, those we do not know included.
        record Frame(MessageType type, Map<String, @Nullable Object> fields) implements Read {}

        /// The frame is well delimited, but no message has this type id.
        record UnknownType(int id) implements Read {}

        record Malformed(WireError error, String message) implements Read {}
    }

    /// What writing a frame came to.
    public sealed interface Written {

        /// @param frame header and payload, keys we do not know included
        record Frame(Message message, Bytes frame) implements Written {}

        /// `message` is one sentence on the first thing that is wrong.
        record Refused(String message) implements Written {}
    }

    /// The fields of a message.
    public static Map<String, @Nullable Object> fields(Message message) {
        var frame = FrameCodec.encode(message);
        return tree(message.type(), frame, new WireLimits(WireLimits.PAYLOAD_BYTES_HARD_MAX,
                WireLimits.DEPTH_HARD_MAX, Integer.MAX_VALUE));
    }

    /// The type and fields of the frame that `bytes` begin with.
    public static Read read(byte[] bytes) {
        return switch (FrameCodec.decode(bytes)) {
            case Decoded.Ok(var message) -> read(message.type(), bytes);
            case Decoded.UnknownType(var id) -> new Read.UnknownType(id);
            case Decoded.Malformed(var error, var message) -> new Read.Malformed(error, message);
        };
    }

    /// A message may be sound while a key we do not know holds what has no plain form.
    private static Read read(MessageType type, byte[] bytes) {
        try {
            return new Read.Frame(type, tree(type, bytes, WireLimits.DEFAULT));
        } catch (WireException malformed) {
            var reason = malformed.malformed();
            return new Read.Malformed(reason.error(), reason.message());
        }
    }

    private static Map<String, @Nullable Object> tree(MessageType type, byte[] frame,
            WireLimits limits) {
        var end = FrameCodec.HEADER_BYTES + FrameCodec.getInt(frame, 4);
        var in = new FieldReader(frame, FrameCodec.HEADER_BYTES, end, limits, type);
        return PlainTree.of(type, in.wholeMap());
    }

    /// The frame of the type called `typeName` (snake_case) with these fields.
    public static Written write(String typeName, Map<String, ?> fields) {
        var type = MessageType.of(typeName);
        if (type.isEmpty()) {
            return new Written.Refused("there is no message type '" + typeName + "'");
        }
        try {
            return write(type.get(), PlainTree.toValue(type.get(), fields));
        } catch (PlainTree.NotPlainException | FrameTooLongException refused) {
            return new Written.Refused(String.valueOf(refused.getMessage()));
        }
    }

    private static Written write(MessageType type, Value.Map fields) {
        var frame = FrameCodec.encode(new Opaque(type, fields));
        return switch (FrameCodec.decode(frame)) {
            case Decoded.Ok(var message) -> new Written.Frame(message, Bytes.wrap(frame));
            case Decoded.UnknownType(var id) ->
                throw new IllegalStateException("type " + id + " is known");
            case Decoded.Malformed(_, var message) -> new Written.Refused(message);
        };
    }
}
