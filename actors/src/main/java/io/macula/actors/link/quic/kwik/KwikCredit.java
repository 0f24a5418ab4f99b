package io.macula.actors.link.quic.kwik;

import io.macula.actors.link.quic.CreditRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tech.kwik.core.QuicConnection;
import tech.kwik.core.QuicStream;

/// The two unidirectional streams beside the streams of a connection, on which each end tells the
/// other what it has taken in. Opening ours asks the far side for its own. One virtual thread
/// writes, one reads.
final class KwikCredit {

    /// A record that kwik forgot to send is moved by a filler; so many follow the last record.
    private static final int FILLERS = 4;
    private static final long FILLER_DELAY_MILLIS = 10;
    private static final long IDLE_MILLIS = 60_000;
    private static final int READ_BYTES = 1_024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Integer, Long> taken = new TreeMap<>();
    private final Map<Integer, Long> told = new TreeMap<>();
    private boolean closed;
    private volatile @Nullable KwikWriter writer;

    void start(QuicConnection connection, Consumer<IOException> failed) {
        Thread.ofVirtual().name("kwik-credit-write").start(() -> {
            try {
                var out = new KwikWriter(connection.createStream(false).getOutputStream());
                writer = out;
                write(out);
            } catch (IOException e) {
                failed.accept(e);
            }
        });
    }

    /// Reads what the far side has taken in.
    static void read(QuicStream stream, Consumer<CreditRecord> records,
            Consumer<IOException> failed) {
        Thread.ofVirtual().name("kwik-credit-read").start(() -> {
            var reader = new CreditRecord.Reader();
            var buffer = new byte[READ_BYTES];
            try (var in = stream.getInputStream()) {
                for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    reader.read(ByteBuffer.wrap(buffer, 0, count), records);
                }
            } catch (IOException e) {
                failed.accept(e);
            }
        });
    }

    /// The handler has had `count` more bytes of a stream.
    void took(int streamId, int count) {
        lock.lock();
        try {
            var first = !hasAny();
            var total = taken.merge(streamId, (long) count, Long::sum);
            if (first || total - told.getOrDefault(streamId, 0L) >= CreditRecord.STEP_BYTES) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    long blockedNanos(long now) {
        var out = writer;
        return out == null ? 0 : out.blockedNanos(now);
    }

    private void write(KwikWriter out) throws IOException {
        out.write(ByteBuffer.wrap(CreditRecord.FILLER.encode()));
        var fillersLeft = FILLERS;
        var fillerAt = System.nanoTime();
        while (!isClosed()) {
            var records = awaitRecords(fillersLeft > 0);
            if (records.hasRemaining()) {
                out.write(records);
                fillersLeft = FILLERS;
                fillerAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FILLER_DELAY_MILLIS);
            } else if (fillersLeft > 0 && System.nanoTime() - fillerAt >= 0) {
                out.write(ByteBuffer.wrap(CreditRecord.FILLER.encode()));
                fillersLeft--;
                var delay = FILLER_DELAY_MILLIS << (FILLERS - fillersLeft);
                fillerAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delay);
            }
        }
    }

    /// Records of all streams that took in something since the last call: at once when that is a
    /// whole step, else after a short while. May return none.
    @SuppressWarnings("WaitNotInLoop") // the caller loops and takes an early return for none
    private ByteBuffer awaitRecords(boolean fillersDue) {
        lock.lock();
        try {
            if (!closed && !hasAny()) {
                var _ = changed.await(fillersDue ? FILLER_DELAY_MILLIS : IDLE_MILLIS,
                        TimeUnit.MILLISECONDS);
            }
            if (!closed && hasAny() && !hasStep()) {
                var _ = changed.await(CreditRecord.DELAY_MILLIS, TimeUnit.MILLISECONDS);
            }
            return records();
        } catch (InterruptedException _) {
            return ByteBuffer.allocate(0);
        } finally {
            lock.unlock();
        }
    }

    private boolean hasStep() {
        return taken.entrySet()
                .stream()
                .anyMatch(entry -> entry.getValue()
                        - told.getOrDefault(entry.getKey(), 0L) >= CreditRecord.STEP_BYTES);
    }

    private boolean hasAny() {
        return !taken.equals(told);
    }

    private ByteBuffer records() {
        var bytes = new ByteArrayOutputStream();
        taken.forEach((streamId, total) -> {
            if (total > told.getOrDefault(streamId, 0L)) {
                told.put(streamId, total);
                bytes.writeBytes(new CreditRecord(streamId, total).encode());
            }
        });
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
