package io.macula.actors.link.quic.netty;

import io.macula.actors.link.quic.DialFailure;
import io.macula.actors.link.quic.ListenerCertificate;
import io.macula.actors.link.quic.QuicConfig;
import io.macula.actors.link.quic.QuicConnection;
import io.macula.actors.link.quic.QuicConnectionHandler;
import io.macula.actors.link.quic.QuicListener;
import io.macula.actors.link.quic.QuicProvider;
import io.macula.actors.link.quic.SendPool;
import io.macula.actors.link.quic.SourceGate;
import io.netty.channel.Channel;
import io.netty.handler.codec.quic.Quic;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// Links over Netty QUIC. All dialled connections over links of one MTU share a UDP socket; each listener has its own.
///
/// Threads: [QuicConfig#ioThreads()] event loops, however many connections there are.
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells by events what became of it
public final class NettyQuicProvider implements QuicProvider {

    public static final String NAME = "netty";

    private final QuicConfig config;
    private final SendPool pool;
    private final EventLoops loops;
    private final NettyDialler dialler;
    private final Set<NettyListener> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    private NettyQuicProvider(QuicConfig config) {
        this.config = config;
        this.pool = new SendPool(config.sendPoolBytes());
        this.loops = EventLoops.create(config);
        this.dialler = new NettyDialler(config, pool, loops);
    }

    /// Starts the event loops. Throws [UnsupportedOperationException] where [#unavailable()] has
    /// something to say.
    public static NettyQuicProvider create(QuicConfig config) {
        unavailable().ifPresent(why -> {
            throw new UnsupportedOperationException(why);
        });
        return new NettyQuicProvider(config);
    }

    /// Why the native library cannot be used on this machine; empty when it can.
    public static Optional<String> unavailable() {
        return Optional.ofNullable(Quic.unavailabilityCause())
                .map(cause -> "the native library of Netty QUIC does not load on "
                        + System.getProperty("os.name") + "/" + System.getProperty("os.arch") + ": "
                        + cause.getMessage());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletionStage<QuicListener> listen(InetSocketAddress local,
            ListenerCertificate certificate,
            Function<QuicConnection, QuicConnectionHandler> accept) {
        var result = new CompletableFuture<QuicListener>();
        if (closed.get()) {
            result.completeExceptionally(new IOException("the provider is closed"));
            return result;
        }
        var connections = new ConnectionSet(config.acceptedMax());
        var packetBytes = LinkMtu.payloadBytesAt(local, config.packetBytesMax());
        var codec = Codecs.server(config, packetBytes, certificate,
                new RetryTokens(new SourceGate(config.sourceLimit()), System::nanoTime),
                ConnectionEvents.perConnection(config, pool, certificate.certificate(), connections,
                        accept),
                ConnectionEvents.perStream());
        loops.bind(local, codec).addListener((Future<Channel> bound) -> {
            if (bound.isSuccess()) {
                result.complete(listener(bound.getNow(), connections));
            } else {
                result.completeExceptionally(DialFailure.bind(local, bound.cause()));
            }
        });
        return result;
    }

    private NettyListener listener(Channel socket, ConnectionSet connections) {
        var listener = new NettyListener(socket, connections, config.closeGrace().toMillis(),
                listeners::remove);
        listeners.add(listener);
        if (closed.get()) {
            listener.close();
        }
        return listener;
    }

    @Override
    public CompletionStage<QuicConnection> dial(InetSocketAddress remote, Duration timeout,
            Function<QuicConnection, QuicConnectionHandler> handler) {
        if (closed.get()) {
            return CompletableFuture.failedFuture(new IOException("the provider is closed"));
        }
        return DialFailure.unusable(remote)
                .<CompletionStage<QuicConnection>>map(CompletableFuture::failedFuture)
                .orElseGet(() -> dialler.dial(remote, timeout, handler));
    }

    /// Closes connections with their grace, then sockets and threads. Waits for that unless it is
    /// called on an event loop.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        var dialled = dialler.close();
        List.copyOf(listeners).forEach(NettyListener::close);
        if (!loops.onEventLoop()) {
            ConnectionSet.await(dialled, config.closeGrace().toMillis() + 500);
            loops.close();
        } else {
            dialled.whenComplete((_, _) -> loops.close());
        }
    }
}
