package io.macula.actors.link.quic.kwik;

import io.macula.actors.link.quic.DialFailure;
import io.macula.actors.link.quic.ListenerCertificate;
import io.macula.actors.link.quic.QuicConfig;
import io.macula.actors.link.quic.QuicConnection;
import io.macula.actors.link.quic.QuicConnectionHandler;
import io.macula.actors.link.quic.QuicListener;
import io.macula.actors.link.quic.QuicProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// Links over kwik: for tens to a few hundred peers on a machine without Netty's native library.
///
/// Threads: kwik runs four platform threads for an accepted connection and five for a dialled one,
/// three to four for a listener; this provider adds one watchdog, and virtual threads (two for each
/// connection and two for each stream). All blocking happens on virtual threads.
///
/// kwik's keep-alive is never used: it expires.
public final class KwikQuicProvider implements QuicProvider {

    public static final String NAME = "kwik";

    static final String ALPN = "macula";

    /// Four threads each: past this the process, not the configuration, is the limit.
    private static final int ACCEPTED_MAX = 1_000;

    static {
        // One of kwik's assertions does not hold where a round trip is shorter than a millisecond
        // (LossDetector), and a failed one leaves a connection that neither works nor ends. Must come
        // before the first kwik class is initialised.
        KwikQuicProvider.class.getClassLoader().setPackageAssertionStatus("tech.kwik.core", false);
        // Certificates are proved by the link's handshake; kwik would warn on every dial.
        System.setProperty("tech.kwik.core.no-security-warnings", "true");
    }

    private final QuicConfig config;
    private final Watchdog watchdog = new Watchdog();
    private final KwikConnections dialled = new KwikConnections(watchdog, Integer.MAX_VALUE);
    private final KwikDialler dialler;
    private final Set<KwikListener> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    private KwikQuicProvider(QuicConfig config) {
        this.config = config;
        this.dialler = new KwikDialler(config, dialled);
    }

    public static KwikQuicProvider create(QuicConfig config) {
        return new KwikQuicProvider(config);
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
        Thread.ofVirtual().name("kwik-listen").start(() -> {
            try {
                result.complete(start(local, certificate, accept));
            } catch (IOException e) {
                result.completeExceptionally(DialFailure.bind(local, e));
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private KwikListener start(InetSocketAddress local, ListenerCertificate certificate,
            Function<QuicConnection, QuicConnectionHandler> accept) throws IOException {
        if (closed.get()) {
            throw new IOException("the provider is closed");
        }
        var connections = new KwikConnections(watchdog,
                Math.min(config.acceptedMax(), ACCEPTED_MAX));
        var listener = KwikListener.start(local, certificate, config, connections, accept,
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

    /// Closes connections with their grace, then sockets and threads; waits for that.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        dialled.closeAll("the node closes", config.closeGrace().toMillis() + 500);
        List.copyOf(listeners).forEach(KwikListener::close);
        watchdog.close();
    }
}
