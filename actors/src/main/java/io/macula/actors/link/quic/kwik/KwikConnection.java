package io.macula.actors.link.quic.kwik;

import static java.util.Objects.requireNonNull;

import io.macula.actors.link.quic.CreditRecord;
import io.macula.actors.link.quic.QuicConfig;
import io.macula.actors.link.quic.QuicConnectionHandler;
import io.macula.actors.link.quic.QuicStream;
import io.macula.actors.link.quic.QuicStreamHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tech.kwik.core.ConnectionListener;
import tech.kwik.core.ConnectionTerminatedEvent;
import tech.kwik.core.QuicConnection;

/// One connection. kwik spends four (accepted) or five (dialled) platform threads on it; this class
/// adds virtual threads: two for credit and two for each stream.
final class KwikConnection
        implements
            io.macula.actors.link.quic.QuicConnection,
            ConnectionListener,
            Watchdog.Watched {

    /// A stream that fails says nothing about why; kwik's event, which does, gets so long to come.
    private static final long EVENT_GRACE_MILLIS = 500;

    private static final long DRAIN_POLL_MILLIS = 2;
    private static final long LOST = 1;

    private final QuicConnection quic;
    private final QuicConfig config;
    private final InetSocketAddress remote;
    private final Consumer<KwikConnection> onEnd;
    private final KwikCredit credit = new KwikCredit();
    private final Map<Integer, KwikStream> streams = new ConcurrentSkipListMap<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicBoolean closeRequested = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final ExecutorService opener = Executors
            .newSingleThreadExecutor(Thread.ofVirtual().name("kwik-open").factory());
    private volatile @Nullable QuicConnectionHandler handler;
    private volatile byte @Nullable [] certificateSha256;

    KwikConnection(QuicConnection quic, QuicConfig config, InetSocketAddress remote,
            Consumer<KwikConnection> onEnd) {
        this.quic = quic;
        this.config = config;
        this.remote = remote;
        this.onEnd = onEnd;
    }

    /// The handshake is done and somebody wants to hear of the connection.
    void establish(byte[] listenerCertificateSha256, QuicConnectionHandler hears) {
        certificateSha256 = listenerCertificateSha256.clone();
        handler = hears;
        credit.start(quic, this::creditFailed);
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public byte[] listenerCertificateSha256() {
        return requireNonNull(certificateSha256, "known once established").clone();
    }

    @Override
    public String provider() {
        return KwikQuicProvider.NAME;
    }

    boolean isClosing() {
        return closeRequested.get();
    }

    /// Completes when the connection has ended, for whatever reason.
    CompletableFuture<Void> gone() {
        return gone;
    }

    @Override
    public CompletionStage<QuicStream> openStream(QuicStreamHandler streamHandler) {
        if (isClosing()) {
            return CompletableFuture.failedFuture(new IOException("the connection is closed"));
        }
        if (opened.incrementAndGet() > config.streamsMax()) {
            opened.decrementAndGet();
            return CompletableFuture.failedFuture(new IOException("all " + config.streamsMax()
                    + " streams of the connection are open"));
        }
        var result = new CompletableFuture<QuicStream>();
        opener.execute(() -> {
            try {
                result.complete(add(quic.createStream(true), _ -> streamHandler));
            } catch (IOException | RuntimeException e) {
                result.completeExceptionally(
                        new IOException("cannot open a stream: " + e.getMessage(), e));
            }
        });
        return result;
    }

    /// The far side opened a stream: one of ours, or its own for credit.
    void accept(tech.kwik.core.QuicStream stream) {
        var hears = handler;
        if (stream.isUnidirectional()) {
            KwikCredit.read(stream, this::confirmed, this::creditFailed);
        } else if (hears != null) {
            add(stream, hears::streamOpened);
        }
    }

    private KwikStream add(tech.kwik.core.QuicStream created,
            Function<QuicStream, QuicStreamHandler> handlerOf) {
        var stream = new KwikStream(this, created, config);
        streams.put(created.getStreamId(), stream);
        stream.start(handlerOf.apply(stream));
        if (ended.get()) {
            stream.end();
        }
        return stream;
    }

    private void confirmed(CreditRecord record) {
        var stream = streams.get(record.streamId());
        if (stream != null) {
            stream.confirmed(record.totalBytes());
        }
    }

    void took(int streamId, int bytes) {
        credit.took(streamId, bytes);
    }

    @Override
    public void look(long now) {
        var limit = config.kwik().writeStall().toNanos();
        if (credit.blockedNanos(now) > limit
                || streams.values().stream().anyMatch(each -> each.blockedNanos(now) > limit)) {
            lost("a write was stuck for " + config.kwik().writeStall().toMillis() + " ms");
        }
    }

    void streamFailed(KwikStream stream, IOException cause) {
        stream.end();
        creditFailed(cause);
    }

    /// A stream of a link lasts as long as its connection: if one breaks, the connection has gone
    /// or
    /// is of no use.
    private void creditFailed(IOException cause) {
        if (!ended.get()) {
            CompletableFuture.delayedExecutor(EVENT_GRACE_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> lost("a stream broke: " + cause.getMessage()));
        }
    }

    /// Gives the connection up at once.
    void lost(String reason) {
        if (!ended.get()) {
            closeRequested.set(true);
            Thread.ofVirtual().start(() -> quic.close(LOST, reason));
            end(reason);
        }
    }

    @Override
    public void close(long code, String reason) {
        if (closeRequested.compareAndSet(false, true)) {
            Thread.ofVirtual().name("kwik-close").start(() -> {
                awaitDrained();
                quic.close(code, reason);
                end("closed on this side");
            });
        }
    }

    private void awaitDrained() {
        var deadline = System.nanoTime() + config.closeGrace().toNanos();
        while (!ended.get() && System.nanoTime() - deadline < 0
                && !streams.values().stream().allMatch(KwikStream::isDrained)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(DRAIN_POLL_MILLIS));
        }
    }

    @Override
    public void disconnected(ConnectionTerminatedEvent event) {
        if (event.closedByPeer()) {
            end("closed by the far side" + words(event));
        } else if (!isClosing()) {
            end(switch (event.closeReason()) {
                case IdleTimeout, ConnectionLost ->
                    "nothing was heard for " + config.idleTimeout().toMillis() + " ms";
                case StatelessReset -> "the far side does not know the connection any more";
                case ImmediateClose -> "the connection failed" + words(event);
            });
        }
    }

    private static String words(ConnectionTerminatedEvent event) {
        var text = event.errorDescription();
        return text == null || text.isEmpty() ? "" : ": " + text;
    }

    private void end(String reason) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        closeRequested.set(true);
        credit.close();
        opener.shutdown();
        streams.values().forEach(KwikStream::end);
        onEnd.accept(this);
        var hears = handler;
        if (hears != null) {
            hears.closed(reason);
        }
        gone.complete(null);
    }
}
