package io.macula.actors.link.quic;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// One side of a connection: remembers its streams and how it ended.
final class Side implements QuicConnectionHandler {

    final QuicConnection connection;
    final Map<Long, QuicStream> streams = new ConcurrentSkipListMap<>();
    final List<String> ends = new CopyOnWriteArrayList<>();
    private final BiFunction<Side, QuicStream, QuicStreamHandler> opened;

    Side(QuicConnection connection, BiFunction<Side, QuicStream, QuicStreamHandler> opened) {
        this.connection = connection;
        this.opened = opened;
    }

    @Override
    public QuicStreamHandler streamOpened(QuicStream stream) {
        streams.put(stream.id(), stream);
        return opened.apply(this, stream);
    }

    @Override
    public void closed(String reason) {
        ends.add(reason);
    }

    /// Sends every frame back on the stream it came on, waiting while that is full.
    static final class Echo implements QuicStreamHandler {

        private final QuicStream stream;
        private final TestFrames frames = new TestFrames();
        private final Queue<byte[]> waiting = new ArrayDeque<>();

        Echo(QuicStream stream) {
            this.stream = stream;
        }

        @Override
        public synchronized void received(ByteBuffer bytes) {
            for (var payload : frames.read(bytes)) {
                waiting.add(TestFrames.frame(payload));
            }
            flush();
        }

        @Override
        public synchronized void writable() {
            flush();
        }

        private void flush() {
            for (var frame = waiting.peek(); frame != null; frame = waiting.peek()) {
                if (stream.write(frame) != QuicStream.Offer.QUEUED) {
                    return;
                }
                waiting.remove();
            }
        }

        @Override
        public void closed() {}
    }

    /// Handlers by stream id, for a side that only listens.
    static final class Hearing implements BiFunction<Side, QuicStream, QuicStreamHandler> {

        final Map<Long, Heard> heard = new ConcurrentHashMap<>();

        /// What came, or will, on this stream.
        Heard of(long id) {
            return heard.computeIfAbsent(id, _ -> new Heard());
        }

        @Override
        public QuicStreamHandler apply(@Nullable Side side, QuicStream stream) {
            return of(stream.id());
        }
    }
}
