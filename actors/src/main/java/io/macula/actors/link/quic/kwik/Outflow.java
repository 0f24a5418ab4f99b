package io.macula.actors.link.quic.kwik;

import io.macula.actors.link.quic.QuicConfig;
import io.macula.actors.link.quic.QuicStream.Offer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Decides what one stream hands to kwik next, and when. Pure but for its own queue: time is a
/// parameter. Not safe for use by several threads.
///
/// kwik 0.10.4 to 0.10.9 may forget to send what was written until something else is written on the
/// stream. So: writes of at most one packet; never more bytes under way than fit kwik's send buffer,
/// or a write might block for ever; and while bytes stay unconfirmed, a little more is written at
/// growing intervals, which wakes kwik up. Between frames that is a frame that means nothing, inside
/// a frame it is the next bytes of it.
final class Outflow {

    sealed interface Step {
        /// Hand these bytes to kwik now.
        record Write(ByteBuffer bytes) implements Step {}

        /// Nothing to do before this time has passed, unless a call changes it.
        record Wait(long nanos) implements Step {}

        /// The far side has confirmed nothing for too long.
        record GiveUp(String reason) implements Step {}
    }

    /// Type 0, length 0: every frame reader skips it.
    private static final byte[] FILLER = {1, 0, 0, 0, 0, 0, 0, 0};

    private static final int FILLER_BYTES_INSIDE_A_FRAME = 64;
    private static final long FILLER_DELAY_MAX_NANOS = Duration.ofMillis(250).toNanos();
    private static final long FOR_EVER = Duration.ofHours(1).toNanos();

    private final QuicConfig.KwikPacing pacing;
    private final int boundBytes;
    private final Queue<byte[]> queue = new ArrayDeque<>();
    private byte @Nullable [] head;
    private int headOffset;
    private long queuedBytes;
    private boolean refused;
    private long written;
    private long confirmed;
    private long progressAt;
    private long fillerAt;
    private long fillerDelay;

    Outflow(QuicConfig.KwikPacing pacing, int boundBytes) {
        this.pacing = pacing;
        this.boundBytes = boundBytes;
        this.fillerDelay = pacing.fillerDelay().toNanos();
    }

    /// Takes whole frames into the queue, unless that would exceed the bound.
    Offer offer(byte[] frames) {
        if (queuedBytes > 0 && queuedBytes + frames.length > boundBytes) {
            refused = true;
            return Offer.FULL;
        }
        if (frames.length > 0) {
            queue.add(frames);
            queuedBytes += frames.length;
        }
        return Offer.QUEUED;
    }

    long queuedBytes() {
        return queuedBytes;
    }

    /// True once after a refusal, when the queue is below half its bound.
    boolean takeWritable() {
        var writable = refused && queuedBytes < boundBytes / 2;
        refused = refused && !writable;
        return writable;
    }

    /// The far side has taken in `total` bytes of the stream.
    void confirmed(long total, long now) {
        if (total > confirmed && total <= written) {
            confirmed = total;
            progressAt = now;
        }
    }

    /// True when all that was offered has been confirmed.
    boolean isDrained() {
        return queuedBytes == 0 && confirmed == written;
    }

    Step next(long now) {
        var underWay = written - confirmed;
        if (underWay > 0 && now - progressAt >= pacing.silence().toNanos()) {
            return new Step.GiveUp("the far side confirmed nothing for "
                    + pacing.silence().toMillis() + " ms");
        }
        if (queuedBytes > 0 && underWay < pacing.underWayBytes()) {
            fillerDelay = pacing.fillerDelay().toNanos();
            var room = pacing.underWayBytes() - (int) underWay;
            return write(take(Math.min(pacing.writeBytes(), room)), now);
        }
        if (underWay == 0) {
            return new Step.Wait(FOR_EVER);
        }
        if (now - fillerAt >= 0) {
            fillerDelay = Math.min(fillerDelay * 2, FILLER_DELAY_MAX_NANOS);
            return write(headOffset == 0 ? FILLER : take(FILLER_BYTES_INSIDE_A_FRAME), now);
        }
        return new Step.Wait(
                Math.min(fillerAt - now, progressAt + pacing.silence().toNanos() - now));
    }

    private Step write(byte[] bytes, long now) {
        if (written == confirmed) {
            progressAt = now;
        }
        written += bytes.length;
        fillerAt = now + fillerDelay;
        return new Step.Write(ByteBuffer.wrap(bytes));
    }

    /// The next bytes of the queue: of several arrays if they are small, of a part of one if it is
    /// large.
    private byte[] take(int max) {
        var bytes = new byte[(int) Math.min(max, queuedBytes)];
        var filled = 0;
        while (filled < bytes.length) {
            var frames = head == null ? queue.remove() : head;
            var count = Math.min(frames.length - headOffset, bytes.length - filled);
            System.arraycopy(frames, headOffset, bytes, filled, count);
            filled += count;
            headOffset += count;
            head = headOffset == frames.length ? null : frames;
            headOffset = head == null ? 0 : headOffset;
        }
        queuedBytes -= bytes.length;
        return bytes;
    }

    @Override
    public String toString() {
        return "Outflow[queued=" + queuedBytes + ", written=" + written + ", confirmed="
                + confirmed + "]";
    }
}
