package io.macula.actors.link.quic;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Frames as the wire layer has them (an 8-byte header with the length in its last four bytes), cut
/// out of a stream; frames of type 0 and length 0 mean nothing and are dropped, as there.
final class TestFrames {

    private static final int HEADER = 8;
    private static final byte TYPE = 0x10;

    private ByteBuffer pending = ByteBuffer.allocate(64 * 1024);

    static byte[] frame(byte[] payload) {
        return ByteBuffer.allocate(HEADER + payload.length)
                .put((byte) 1)
                .put(TYPE)
                .putShort((short) 0)
                .putInt(payload.length)
                .put(payload)
                .array();
    }

    /// A frame of `size` bytes in all whose payload begins with `number`.
    static byte[] numbered(int number, int size) {
        var payload = new byte[size - HEADER];
        for (var at = 0; at < payload.length; at++) {
            payload[at] = (byte) (number * 31 + at);
        }
        ByteBuffer.wrap(payload).putInt(number);
        return frame(payload);
    }

    static int number(byte[] payload) {
        return ByteBuffer.wrap(payload).getInt();
    }

    /// Payloads of the frames that are complete now.
    List<byte[]> read(ByteBuffer bytes) {
        pending = room(pending, bytes.remaining()).put(bytes).flip();
        var payloads = new ArrayList<byte[]>();
        while (pending.remaining() >= HEADER
                && pending.remaining() >= HEADER + pending.getInt(pending.position() + 4)) {
            var type = pending.get(pending.position() + 1);
            var payload = new byte[pending.getInt(pending.position() + 4)];
            pending.position(pending.position() + HEADER).get(payload);
            if (type != 0 || payload.length != 0) {
                payloads.add(payload);
            }
        }
        pending.compact();
        return payloads;
    }

    private static ByteBuffer room(ByteBuffer buffer, int bytes) {
        return buffer.remaining() >= bytes
                ? buffer
                : ByteBuffer.allocate((buffer.position() + bytes) * 2).put(buffer.flip());
    }
}
