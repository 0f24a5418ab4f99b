package io.macula.actors.link.quic;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// Sends one frame to and fro on each of several connections and remembers the longest wait.
final class PingPong implements QuicStreamHandler {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// How it went on one connection.
    record Result(long exchanges, Duration longestGap, boolean answering) {}

    private final byte[] frame;
    private final TestFrames frames = new TestFrames();
    private final AtomicLong exchanges = new AtomicLong();
    private volatile QuicStream stream = NOWHERE;
    private volatile long lastAt = System.nanoTime();
    private final AtomicLong longestGap = new AtomicLong();
    private final CountDownLatch over = new CountDownLatch(1);
    private final long endsAt;

    private PingPong(int frameBytes, long endsAt) {
        this.frame = TestFrames.numbered(1, frameBytes);
        this.endsAt = endsAt;
    }

    /// Plays on `connections` connections for `time`; the far side must echo.
    static List<Result> play(QuicProvider dialler, InetSocketAddress remote, int connections,
            int frameBytes, Duration time) {
        var games = new ArrayList<PingPong>();
        var endsAt = System.nanoTime() + time.toNanos();
        for (var each = 0; each < connections; each++) {
            games.add(start(dialler, remote, frameBytes, endsAt));
        }
        return games.stream().map(PingPong::result).toList();
    }

    private static PingPong start(QuicProvider dialler, InetSocketAddress remote,
            int frameBytes, long endsAt) {
        var game = new PingPong(frameBytes, endsAt);
        try {
            var connection = dialler.dial(remote, Duration.ofSeconds(10),
                    made -> new Side(made, (_, _) -> new Heard()))
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            game.stream = connection.openStream(game)
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            game.lastAt = System.nanoTime();
            game.stream.write(game.frame);
            return game;
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Waits for the first exchange after the end; a stalled one never comes.
    private Result result() {
        try {
            var left = Math.max(0, endsAt - System.nanoTime());
            var answering = over.await(left + PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
            return new Result(exchanges.get(), Duration.ofNanos(longestGap.get()), answering);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void received(ByteBuffer bytes) {
        for (var _ : frames.read(bytes)) {
            var now = System.nanoTime();
            longestGap.accumulateAndGet(now - lastAt, Math::max);
            lastAt = now;
            exchanges.incrementAndGet();
            if (now - endsAt < 0) {
                stream.write(frame);
            } else {
                over.countDown();
            }
        }
    }

    @Override
    public void writable() {}

    @Override
    public void closed() {}

    static final QuicStream NOWHERE = new QuicStream() {
        @Override
        public long id() {
            return -1;
        }

        @Override
        public Offer write(byte[] frames) {
            return Offer.CLOSED;
        }

        @Override
        public long queuedBytes() {
            return 0;
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}
    };
}
