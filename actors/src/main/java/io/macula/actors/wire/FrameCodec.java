package io.macula.actors.wire;

import java.nio.ByteBuffer;

/// Messages to frames and back. A frame is eight bytes of header (version 1, type id, flags 0,
/// reserved 0, payload length as unsigned 32-bit big-endian) and a MessagePack map
/// (`docs/reference/wire.md`). Stateless and safe from any thread.
public final class FrameCodec {

    /// Length of the header in front of every payload.
    public static final int HEADER_BYTES = 8;

    /// The only version there is.
    public static final byte VERSION = 1;

    /// Type id of a frame that says nothing and is dropped without a word.
    static final int FILLER_ID = 0;

    private FrameCodec() {}

    /// The eight bytes of a frame that readers skip: type id 0 and no payload. A new copy.
    public static byte[] filler() {
        return new byte[]{VERSION, FILLER_ID, 0, 0, 0, 0, 0, 0};
    }

    /// The frame that carries `message`. Ends in [FrameTooLongException] when its payload would
    /// be longer than [WireLimits#PAYLOAD_BYTES_HARD_MAX].
    public static byte[] encode(Message message) {
        return encode(message, WireLimits.PAYLOAD_BYTES_HARD_MAX);
    }

    /// The frame that carries `message`. Ends in [FrameTooLongException] when its payload would
    /// be longer than `payloadBytesMax`, which no peer with that limit would take.
    public static byte[] encode(Message message, int payloadBytesMax) {
        var out = new FieldWriter(message.frameBytes());
        out.header(message.type().id());
        message.encode(out);
        var payloadBytes = out.position() - HEADER_BYTES;
        if (payloadBytes > payloadBytesMax) {
            throw new FrameTooLongException(message.type(), payloadBytes, payloadBytesMax);
        }
        out.patchLength();
        return out.toArray();
    }

    /// Decodes the frame that `bytes` begin with; bytes after it are not read.
    public static Decoded decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length, WireLimits.DEFAULT);
    }

    /// Decodes the frame that the remaining bytes of `buffer` begin with; its position stays.
    public static Decoded decode(ByteBuffer buffer, WireLimits limits) {
        if (buffer.hasArray()) {
            var from = buffer.arrayOffset() + buffer.position();
            return decode(buffer.array(), from, from + buffer.remaining(), limits);
        }
        if (buffer.remaining() < HEADER_BYTES) {
            return invalidHeader(buffer.remaining());
        }
        var payload = Integer.toUnsignedLong(buffer.getInt(buffer.position() + 4));
        var wanted = HEADER_BYTES + Math.min(payload, limits.payloadBytesMax());
        var copy = new byte[(int) Math.min(wanted, buffer.remaining())];
        buffer.get(buffer.position(), copy);
        return decode(copy, 0, copy.length, limits);
    }

    /// Decodes the frame that begins at `from`; bytes after it, and after `end`, are not read.
    static Decoded decode(byte[] bytes, int from, int end, WireLimits limits) {
        if (end - from < HEADER_BYTES) {
            return invalidHeader(end - from);
        }
        if (bytes[from] != VERSION) {
            return unsupportedVersion(bytes[from]);
        }
        var length = Integer.toUnsignedLong(getInt(bytes, from + 4));
        if (length > limits.payloadBytesMax()) {
            return frameTooLong(length, limits);
        }
        if (length > end - from - HEADER_BYTES) {
            return new Decoded.Malformed(WireError.INCOMPLETE_PAYLOAD, "the header announces "
                    + length + " bytes of payload, " + (end - from - HEADER_BYTES) + " came");
        }
        var type = MessageType.ofId(bytes[from + 1] & 0xff);
        return type == null
                ? new Decoded.UnknownType(bytes[from + 1] & 0xff)
                : payload(type, bytes, from + HEADER_BYTES, (int) length, limits);
    }

    static Decoded payload(MessageType type, byte[] bytes, int from, int length,
            WireLimits limits) {
        try {
            var in = new FieldReader(bytes, from, from + length, limits, type);
            return new Decoded.Ok(type.decode(in));
        } catch (WireException malformed) {
            return malformed.malformed();
        }
    }

    static Decoded.Malformed unsupportedVersion(int version) {
        return new Decoded.Malformed(WireError.UNSUPPORTED_VERSION,
                "frame version " + (version & 0xff) + " is not 1");
    }

    static Decoded.Malformed frameTooLong(long length, WireLimits limits) {
        return new Decoded.Malformed(WireError.FRAME_TOO_LONG, "the header announces " + length
                + " bytes of payload, the limit is " + limits.payloadBytesMax());
    }

    private static Decoded.Malformed invalidHeader(int bytes) {
        return new Decoded.Malformed(WireError.INVALID_HEADER,
                "a frame has a header of 8 bytes, only " + bytes + " came");
    }

    static int getInt(byte[] bytes, int at) {
        return (bytes[at] << 24) | ((bytes[at + 1] & 0xff) << 16) | ((bytes[at + 2] & 0xff) << 8)
                | (bytes[at + 3] & 0xff);
    }

    static void putInt(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }
}
