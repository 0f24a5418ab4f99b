package io.macula.actors.link;

import io.macula.actors.link.Link.Sent;
import io.macula.actors.link.quic.QuicStream;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// The place of one stream in a link. Before the stream is there, frames wait in a bounded queue
/// (a single frame may be longer than the bound) and keep their order; from then on a send goes
/// straight to the stream without a lock.
final class StreamSlot {

    private final int queuedBytesMax;
    private final Object attaching = new Object();
    private volatile @Nullable QuicStream stream;
    private volatile boolean closed;
    private ByteArrayOutputStream queued = new ByteArrayOutputStream(0);
    private boolean refused;
    private int pauses;

    StreamSlot(int queuedBytesMax) {
        this.queuedBytesMax = queuedBytesMax;
    }

    /// Sends or queues whole frames; the array is not written to afterwards.
    Sent send(byte[] frames) {
        var open = stream;
        if (closed) {
            return Sent.CLOSED;
        }
        return open == null ? sendEarly(frames) : sent(open.write(frames));
    }

    private Sent sendEarly(byte[] frames) {
        synchronized (attaching) {
            var open = stream;
            if (open != null) {
                return sent(open.write(frames));
            }
            if (queued.size() > 0 && queued.size() + frames.length > queuedBytesMax) {
                refused = true;
                return Sent.FULL;
            }
            queued.writeBytes(frames);
            return Sent.QUEUED;
        }
    }

    /// The stream is there; what waited goes first, after `greeting`.
    ///
    /// @return true when a send was refused before
    boolean attach(QuicStream opened, byte[] greeting) {
        synchronized (attaching) {
            if (greeting.length > 0) {
                opened.write(greeting);
            }
            if (queued.size() > 0) {
                opened.write(queued.toByteArray());
                queued = new ByteArrayOutputStream(0);
            }
            stream = opened;
            readOrNot();
            return refused;
        }
    }

    /// Nothing is read until [#resume] was called as often.
    void pause() {
        synchronized (attaching) {
            pauses++;
            readOrNot();
        }
    }

    void resume() {
        synchronized (attaching) {
            pauses--;
            readOrNot();
        }
    }

    private void readOrNot() {
        var open = stream;
        if (open == null) {
            return;
        }
        if (pauses > 0) {
            open.pause();
        } else {
            open.resume();
        }
    }

    /// Nothing is sent any more.
    void close() {
        closed = true;
    }

    private static Sent sent(QuicStream.Offer offer) {
        return switch (offer) {
            case QUEUED -> Sent.QUEUED;
            case FULL -> Sent.FULL;
            case CLOSED -> Sent.CLOSED;
        };
    }
}
