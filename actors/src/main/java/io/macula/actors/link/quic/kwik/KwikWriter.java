package io.macula.actors.link.quic.kwik;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/// Hands bytes to kwik and remembers since when kwik has not given the thread back.
/// One thread writes; any thread may ask.
final class KwikWriter {

    private static final long IDLE = 0;

    private final OutputStream out;
    private final AtomicLong since = new AtomicLong(IDLE);

    KwikWriter(OutputStream out) {
        this.out = out;
    }

    /// `bytes` must have an array behind it.
    void write(ByteBuffer bytes) throws IOException {
        since.set(Math.max(1, System.nanoTime()));
        try {
            out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        } finally {
            since.set(IDLE);
        }
    }

    /// Nanoseconds the write under way has taken so far, zero when there is none.
    long blockedNanos(long now) {
        var start = since.get();
        return start == IDLE ? 0 : now - start;
    }
}
