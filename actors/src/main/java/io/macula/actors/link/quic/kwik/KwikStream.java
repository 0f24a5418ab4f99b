package io.macula.actors.link.quic.kwik;

import io.macula.actors.link.quic.QuicConfig;
import io.macula.actors.link.quic.QuicStreamHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tech.kwik.core.QuicStream;

/// One bidirectional stream: one virtual thread reads, one writes what [Outflow] tells it to.
final class KwikStream implements io.macula.actors.link.quic.QuicStream {

    private static final int READ_BYTES = 16 * 1024;

    private final KwikConnection connection;
    private final QuicStream stream;
    private final KwikWriter writer;
    private final Outflow outflow;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition readable = lock.newCondition();

    /// Held during each call of the handler, so that they come one at a time.
    private final ReentrantLock calling = new ReentrantLock();
    private @Nullable QuicStreamHandler handler;

    /// Guarded by `lock`.
    private boolean isPaused;
    private volatile boolean closed;

    KwikStream(KwikConnection connection, QuicStream stream, QuicConfig config) {
        this.connection = connection;
        this.stream = stream;
        this.writer = new KwikWriter(stream.getOutputStream());
        this.outflow = new Outflow(config.kwik(), config.sendQueueBytes());
    }

    void start(QuicStreamHandler newHandler) {
        calling.lock();
        try {
            handler = newHandler;
        } finally {
            calling.unlock();
        }
        Thread.ofVirtual().name("kwik-read-" + id()).start(this::read);
        Thread.ofVirtual().name("kwik-write-" + id()).start(this::write);
    }

    @Override
    public long id() {
        return stream.getStreamId();
    }

    @Override
    public Offer write(byte[] frames) {
        if (closed || connection.isClosing()) {
            return Offer.CLOSED;
        }
        lock.lock();
        try {
            var offer = outflow.offer(frames);
            changed.signal();
            return offer;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long queuedBytes() {
        lock.lock();
        try {
            return outflow.queuedBytes();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void pause() {
        reads(false);
    }

    @Override
    public void resume() {
        reads(true);
    }

    private void reads(boolean now) {
        lock.lock();
        try {
            isPaused = !now;
            readable.signal();
        } finally {
            lock.unlock();
        }
    }

    private void awaitReadable() {
        lock.lock();
        try {
            while (isPaused && !closed) {
                readable.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /// True when the far side has confirmed all of it.
    boolean isDrained() {
        lock.lock();
        try {
            return closed || outflow.isDrained();
        } finally {
            lock.unlock();
        }
    }

    void confirmed(long total) {
        lock.lock();
        try {
            outflow.confirmed(total, System.nanoTime());
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    long blockedNanos(long now) {
        return writer.blockedNanos(now);
    }

    private void write() {
        try {
            while (!closed) {
                var step = nextStep();
                switch (step) {
                    case Outflow.Step.Write(var bytes) -> {
                        writer.write(bytes);
                        tellWritable();
                    }
                    case Outflow.Step.GiveUp(var reason) -> {
                        connection.lost(reason);
                        return;
                    }
                    case Outflow.Step.Wait _ -> tellWritable();
                }
            }
        } catch (IOException e) {
            connection.streamFailed(this, e);
        }
    }

    private Outflow.Step nextStep() {
        lock.lock();
        try {
            var step = outflow.next(System.nanoTime());
            if (step instanceof Outflow.Step.Wait(var nanos) && !closed) {
                await(nanos);
            }
            return step;
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the writer loops and asks the outflow again
    private void await(long nanos) {
        try {
            var _ = changed.awaitNanos(Math.max(nanos, TimeUnit.MICROSECONDS.toNanos(50)));
        } catch (InterruptedException _) {
            // kwik interrupts its writers when the connection goes; `closed` tells
        }
    }

    private void tellWritable() {
        if (takeWritable()) {
            call(QuicStreamHandler::writable);
        }
    }

    private boolean takeWritable() {
        lock.lock();
        try {
            return outflow.takeWritable();
        } finally {
            lock.unlock();
        }
    }

    private void read() {
        var buffer = new byte[READ_BYTES];
        try (var in = stream.getInputStream()) {
            for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                var bytes = ByteBuffer.wrap(buffer, 0, count);
                call(to -> to.received(bytes));
                connection.took(stream.getStreamId(), count);
                awaitReadable();
            }
            end();
        } catch (IOException e) {
            connection.streamFailed(this, e);
        }
    }

    private void call(Consumer<QuicStreamHandler> event) {
        calling.lock();
        try {
            if (!closed && handler != null) {
                event.accept(handler);
            }
        } finally {
            calling.unlock();
        }
    }

    /// Tells the handler once that the stream is over.
    void end() {
        calling.lock();
        try {
            if (!closed) {
                closed = true;
                if (handler != null) {
                    handler.closed();
                }
            }
        } finally {
            calling.unlock();
        }
        lock.lock();
        try {
            changed.signal();
            readable.signal();
        } finally {
            lock.unlock();
        }
    }
}
