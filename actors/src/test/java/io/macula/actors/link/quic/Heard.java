package io.macula.actors.link.quic;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Remembers what one stream handler heard.
final class Heard implements QuicStreamHandler {

    static final long PATIENCE_SECONDS = 20;

    final BlockingQueue<byte[]> payloads = new LinkedBlockingQueue<>();
    final AtomicInteger writables = new AtomicInteger();
    final AtomicInteger closes = new AtomicInteger();
    private final TestFrames frames = new TestFrames();

    @Override
    public void received(ByteBuffer bytes) {
        payloads.addAll(frames.read(bytes));
    }

    @Override
    public void writable() {
        writables.incrementAndGet();
    }

    @Override
    public void closed() {
        closes.incrementAndGet();
    }

    /// The next payload; fails the test when none comes.
    byte[] next() {
        try {
            return requireNonNull(payloads.poll(PATIENCE_SECONDS, TimeUnit.SECONDS),
                    "no frame came");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
