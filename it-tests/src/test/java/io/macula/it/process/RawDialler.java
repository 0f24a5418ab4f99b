package io.macula.it.process;

import io.macula.actors.link.PeerAddress;
import io.macula.actors.link.quic.QuicConfig;
import io.macula.actors.link.quic.QuicConnectionHandler;
import io.macula.actors.link.quic.QuicStream;
import io.macula.actors.link.quic.QuicStreamHandler;
import io.macula.actors.link.quic.netty.NettyQuicProvider;
import io.macula.actors.wire.Decoded;
import io.macula.actors.wire.FrameCodec;
import io.macula.actors.wire.WireLimits;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Speaks QUIC to a node and nothing above it: sends whatever bytes it is told to on the control
/// stream.
final class RawDialler implements AutoCloseable {

    private final NettyQuicProvider provider = NettyQuicProvider.create(QuicConfig.defaults());
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final QuicStream control;

    /// Connects to `host:port`.
    RawDialler(String hostPort) {
        var address = PeerAddress.parse(hostPort).orElseThrow();
        var connection = join(provider.dial(new InetSocketAddress(address.host(), address.port()),
                Duration.ofSeconds(30), _ -> new OnConnection()).toCompletableFuture());
        control = join(connection.openStream(new OnStream()).toCompletableFuture());
    }

    private static <T> T join(CompletableFuture<T> stage) {
        return stage.orTimeout(MaculaProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    void send(byte[] bytes) {
        control.write(bytes);
    }

    /// The first frame the node answered with, once it has closed the connection.
    Decoded answer() {
        join(closed);
        synchronized (received) {
            return FrameCodec.decode(ByteBuffer.wrap(received.toByteArray()), WireLimits.DEFAULT);
        }
    }

    @Override
    public void close() {
        provider.close();
    }

    private final class OnConnection implements QuicConnectionHandler {

        @Override
        public QuicStreamHandler streamOpened(QuicStream stream) {
            return new OnStream();
        }

        @Override
        public void closed(String reason) {
            closed.complete(reason);
        }
    }

    private final class OnStream implements QuicStreamHandler {

        @Override
        public void received(ByteBuffer bytes) {
            synchronized (received) {
                while (bytes.hasRemaining()) {
                    received.write(bytes.get());
                }
            }
        }

        @Override
        public void writable() {
            // Nothing waits.
        }

        @Override
        public void closed() {
            // The connection says so too.
        }
    }
}
