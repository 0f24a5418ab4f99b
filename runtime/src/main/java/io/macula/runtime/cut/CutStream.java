package io.macula.runtime.cut;

import io.macula.actors.link.quic.QuicStream;
import io.macula.actors.link.quic.QuicStreamHandler;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A stream whose bytes wait, both ways, while the connection is cut: as little as a real one it may lose some of them
/// and go on.
final class CutStream implements QuicStream, QuicStreamHandler {

    /// Bytes that wait to be sent; beyond it the sender is told to wait.
    static final int HELD_BYTES_MAX = 1 << 20;

    private final BooleanSupplier isCut;
    private final BooleanSupplier isDead;
    private final Lane in;
    private final Deque<byte[]> held = new ArrayDeque<>();
    private volatile @Nullable QuicStream real;
    private volatile @Nullable QuicStreamHandler handler;
    private long heldBytes;
    private boolean isRefused;

    /// @param isDead whether this end was killed, and says nothing any more
    /// @param in of the connection
    CutStream(BooleanSupplier isCut, BooleanSupplier isDead, Lane in) {
        this.isCut = isCut;
        this.isDead = isDead;
        this.in = in;
    }

    void over(QuicStream stream) {
        real = stream;
    }

    void heardBy(QuicStreamHandler hearer) {
        handler = hearer;
    }

    private QuicStream real() {
        return Objects.requireNonNull(real, "a stream is there before it is used");
    }

    private QuicStreamHandler handler() {
        return Objects.requireNonNull(handler, "a stream is heard before bytes come");
    }

    @Override
    public long id() {
        return real().id();
    }

    @Override
    public synchronized long queuedBytes() {
        return heldBytes + real().queuedBytes();
    }

    @Override
    public synchronized Offer write(byte[] frames) {
        if (isDead.getAsBoolean()) {
            return Offer.CLOSED;
        }
        if (held.isEmpty() && !isCut.getAsBoolean()) {
            return real().write(frames);
        }
        if (!held.isEmpty() && heldBytes + frames.length > HELD_BYTES_MAX) {
            isRefused = true;
            return Offer.FULL;
        }
        held.add(frames);
        heldBytes += frames.length;
        return Offer.QUEUED;
    }

    /// What came in while the connection is cut waits here whether it is read or not.
    @Override
    public void pause() {
        real().pause();
    }

    @Override
    public void resume() {
        real().resume();
    }

    /// The way may be open again, or QUIC takes bytes again.
    void goOn() {
        if (drained()) {
            in.pass(() -> handler().writable());
        }
    }

    /// Sends what is held; true when that is all and a writer waits to hear of it.
    private synchronized boolean drained() {
        while (!held.isEmpty() && !isCut.getAsBoolean()) {
            var next = held.element();
            if (real().write(next) == Offer.FULL) {
                return false;
            }
            held.remove();
            heldBytes -= next.length;
        }
        boolean isToBeTold = isRefused && held.isEmpty();
        isRefused &= !isToBeTold;
        return isToBeTold;
    }

    private synchronized boolean isHolding() {
        return !held.isEmpty();
    }

    @Override
    public void received(ByteBuffer bytes) {
        var kept = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
        in.pass(() -> handler().received(kept));
    }

    @Override
    public void writable() {
        if (isHolding()) {
            goOn();
        } else {
            in.pass(() -> handler().writable());
        }
    }

    @Override
    public void closed() {
        in.pass(() -> handler().closed());
    }
}
