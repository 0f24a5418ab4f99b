package io.macula.actors.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Cuts a byte stream into frames, however the transport cut it. Frames that lie whole in the
/// given buffer are decoded in place; of others only what has really arrived is kept, never more
/// than one frame. Frames with an unknown id are not kept at all. For one thread at a time.
public final class FrameReader {

    /// Takes what the stream held, frame by frame: a message, an id we do not know, or a frame
    /// whose payload is malformed. After each of these reading goes on.
    public interface Sink {
        void frame(Decoded decoded);
    }

    private static final byte[] NOTHING = new byte[0];
    private static final int KEPT_BUFFER_BYTES_MAX = 64 * 1024;
    private static final int COPY_BYTES = 16 * 1024;

    private final WireLimits limits;
    private final WireCounters counters;
    private final Sink sink;

    private byte[] pending = NOTHING;
    private int pendingBytes;
    private long skipBytes;
    private Decoded.@Nullable Malformed broken;

    public FrameReader(WireLimits limits, WireCounters counters, Sink sink) {
        this.limits = limits;
        this.counters = counters;
        this.sink = sink;
    }

    /// Takes all remaining bytes of `buffer`. Present when the stream is beyond repair (another
    /// version, a frame over the limit): nothing more is read then, now or later.
    public Optional<Decoded.Malformed> push(ByteBuffer buffer) {
        if (buffer.hasArray()) {
            var from = buffer.arrayOffset() + buffer.position();
            var end = from + buffer.remaining();
            buffer.position(buffer.limit());
            take(buffer.array(), from, end);
        } else {
            var copy = new byte[Math.min(buffer.remaining(), COPY_BYTES)];
            while (buffer.hasRemaining()) {
                var bytes = Math.min(copy.length, buffer.remaining());
                buffer.get(copy, 0, bytes);
                take(copy, 0, bytes);
            }
        }
        return Optional.ofNullable(broken);
    }

    /// Bytes of an unfinished frame held now.
    public int heldBytes() {
        return pendingBytes;
    }

    private void take(byte[] bytes, int from, int end) {
        var at = from;
        while (at < end && broken == null) {
            if (skipBytes > 0) {
                var skipped = (int) Math.min(skipBytes, end - at);
                skipBytes -= skipped;
                at += skipped;
            } else if (pendingBytes > 0 || !wholeFrame(bytes, at, end)) {
                at += keep(bytes, at, end);
                finishPending();
            } else {
                at += frame(bytes, at);
            }
        }
    }

    /// Whether a header stands at `at` and either all of its frame or a reason not to wait for it.
    private boolean wholeFrame(byte[] bytes, int at, int end) {
        return end - at >= FrameCodec.HEADER_BYTES
                && (end - at - FrameCodec.HEADER_BYTES >= payloadBytes(bytes, at)
                        || needsNoPayload(bytes, at));
    }

    private boolean needsNoPayload(byte[] bytes, int at) {
        return bytes[at] != FrameCodec.VERSION
                || payloadBytes(bytes, at) > limits.payloadBytesMax()
                || MessageType.ofId(bytes[at + 1] & 0xff) == null;
    }

    /// Adds to the unfinished frame what it still lacks, its header first; returns how much.
    private int keep(byte[] bytes, int at, int end) {
        var wanted = pendingBytes < FrameCodec.HEADER_BYTES
                ? FrameCodec.HEADER_BYTES
                : FrameCodec.HEADER_BYTES + (int) payloadBytes(pending, 0);
        var taken = Math.min(wanted - pendingBytes, end - at);
        var needed = pendingBytes + taken;
        if (needed > pending.length) {
            pending = Arrays.copyOf(pending, Math.max(64, Math.min(wanted, needed * 2)));
        }
        System.arraycopy(bytes, at, pending, pendingBytes, taken);
        pendingBytes = needed;
        return taken;
    }

    private void finishPending() {
        if (wholeFrame(pending, 0, pendingBytes)) {
            frame(pending, 0);
            pendingBytes = 0;
            if (pending.length > KEPT_BUFFER_BYTES_MAX) {
                pending = NOTHING;
            }
        }
    }

    /// Deals with the frame at `at`; returns how many of the given bytes it used.
    private int frame(byte[] bytes, int at) {
        var length = payloadBytes(bytes, at);
        if (bytes[at] != FrameCodec.VERSION) {
            return stop(FrameCodec.unsupportedVersion(bytes[at]));
        }
        if (length > limits.payloadBytesMax()) {
            return stop(FrameCodec.frameTooLong(length, limits));
        }
        var id = bytes[at + 1] & 0xff;
        var type = MessageType.ofId(id);
        if (type != null) {
            report(FrameCodec.payload(type, bytes, at + FrameCodec.HEADER_BYTES, (int) length,
                    limits), (int) length);
            return FrameCodec.HEADER_BYTES + (int) length;
        }
        if (id == FrameCodec.FILLER_ID && length == 0) {
            counters.filler();
        } else {
            report(new Decoded.UnknownType(id), (int) length);
        }
        skipBytes = length;
        return FrameCodec.HEADER_BYTES;
    }

    private void report(Decoded decoded, int payloadBytes) {
        counters.received(decoded, FrameCodec.HEADER_BYTES + payloadBytes);
        sink.frame(decoded);
    }

    private int stop(Decoded.Malformed reason) {
        counters.received(reason, FrameCodec.HEADER_BYTES);
        broken = reason;
        pending = NOTHING;
        return FrameCodec.HEADER_BYTES;
    }

    private static long payloadBytes(byte[] bytes, int at) {
        return Integer.toUnsignedLong(FrameCodec.getInt(bytes, at + 4));
    }
}
