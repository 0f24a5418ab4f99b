package io.macula.actors.link.quic;

import com.sun.management.OperatingSystemMXBean;
import io.macula.actors.link.quic.kwik.KwikQuicProvider;
import io.macula.actors.link.quic.netty.NettyQuicProvider;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Prints round trips and throughput of a pair of providers in one JVM, over loopback. Not a test:
/// figures depend on the machine.
///
/// Arguments: dialling provider, listening provider, seconds per figure.
public final class QuicFigures {

    private static final int FRAME_BYTES = 136;
    private static final int ROUND_TRIPS_MAX = 2_000_000;

    private QuicFigures() {}

    public static void main(String[] arguments) throws InterruptedException {
        var time = Duration.ofSeconds(Integer.parseInt(arguments[2]));
        try (var dialling = provider(arguments[0]); var listening = provider(arguments[1])) {
            var name = dialling.name() + " -> " + listening.name();
            roundTrips(dialling, echo(listening), time);
            System.out.println(name + "  " + roundTrips(dialling, echo(listening), time));
            throughput(dialling, listening, time);
            System.out.println(name + "  " + throughput(dialling, listening, time));
        }
    }

    private static QuicProvider provider(String name) {
        return name.equals("kwik")
                ? KwikQuicProvider.create(QuicConfig.defaults())
                : NettyQuicProvider.create(QuicConfig.defaults());
    }

    private static InetSocketAddress echo(QuicProvider provider) {
        return listen(provider, new Reflector());
    }

    private static InetSocketAddress listen(QuicProvider provider, Reflector far) {
        return get(provider.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                TestCertificates.fresh("figures"),
                connection -> new Side(connection, (_, stream) -> {
                    far.stream = stream;
                    return far;
                }))).localAddress();
    }

    private static String roundTrips(QuicProvider dialling, InetSocketAddress remote,
            Duration time) throws InterruptedException {
        var game = new RoundTrips(System.nanoTime() + time.toNanos());
        game.stream = open(dialling, remote, game);
        game.send();
        game.over.await();
        return game.figures();
    }

    private static String throughput(QuicProvider dialling, QuicProvider listening, Duration time)
            throws InterruptedException {
        var far = new Counter();
        var near = new Writable();
        var stream = open(dialling, listen(listening, far), near);
        var sent = 0L;
        var cpu = cpuNanos();
        var start = System.nanoTime();
        while (System.nanoTime() - start < time.toNanos()) {
            var frame = TestFrames.numbered(1, FRAME_BYTES);
            while (stream.write(frame) == QuicStream.Offer.FULL) {
                near.writable.tryAcquire(1, TimeUnit.SECONDS);
            }
            sent++;
        }
        while (far.bytes.get() < sent * FRAME_BYTES) {
            if (System.nanoTime() - start > time.toNanos() * 10) {
                return "lost " + (sent - far.bytes.get() / FRAME_BYTES) + " frames";
            }
            LockSupport.parkNanos(100_000);
        }
        var seconds = (System.nanoTime() - start) / 1e9;
        return String.format("%,.0f frames/s of %d bytes, %.2f us CPU per frame", sent / seconds,
                FRAME_BYTES, (cpuNanos() - cpu) / 1e3 / sent);
    }

    /// CPU time of both ends and the writer, which other work on the machine does not change much.
    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean os
                ? os.getProcessCpuTime()
                : 0;
    }

    private static QuicStream open(QuicProvider dialling, InetSocketAddress remote,
            QuicStreamHandler handler) {
        return get(get(dialling.dial(remote, Duration.ofSeconds(10),
                connection -> new Side(connection, (_, _) -> new Heard()))).openStream(handler));
    }

    private static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Sends the bytes back as they come.
    private static class Reflector implements QuicStreamHandler {

        volatile QuicStream stream = PingPong.NOWHERE;

        @Override
        public void received(ByteBuffer bytes) {
            var copy = new byte[bytes.remaining()];
            bytes.get(copy);
            stream.write(copy);
        }

        @Override
        public void writable() {}

        @Override
        public void closed() {}
    }

    private static final class Counter extends Reflector {

        final AtomicLong bytes = new AtomicLong();

        @Override
        public void received(ByteBuffer received) {
            bytes.addAndGet(received.remaining());
        }
    }

    private static final class Writable extends Reflector {

        final Semaphore writable = new Semaphore(0);

        @Override
        public void writable() {
            writable.release();
        }
    }

    private static final class RoundTrips extends Reflector {

        private final CountDownLatch over = new CountDownLatch(1);
        private final long[] nanos = new long[ROUND_TRIPS_MAX];
        private final byte[] frame = TestFrames.numbered(1, FRAME_BYTES);
        private final TestFrames frames = new TestFrames();
        private final long endsAt;
        private int count;
        private long sentAt;

        RoundTrips(long endsAt) {
            this.endsAt = endsAt;
        }

        void send() {
            sentAt = System.nanoTime();
            stream.write(frame);
        }

        @Override
        public void received(ByteBuffer bytes) {
            for (var _ : frames.read(bytes)) {
                var now = System.nanoTime();
                nanos[count++] = now - sentAt;
                if (now - endsAt > 0 || count == nanos.length) {
                    over.countDown();
                } else {
                    send();
                }
            }
        }

        String figures() {
            Arrays.sort(nanos, 0, count);
            return String.format("round trip of %d bytes: p50 %.0f us, p99 %.0f us, n %d",
                    FRAME_BYTES, nanos[count / 2] / 1e3, nanos[count * 99 / 100] / 1e3, count);
        }
    }
}
