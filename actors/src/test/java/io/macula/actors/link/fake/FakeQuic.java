package io.macula.actors.link.fake;

import io.macula.actors.link.quic.ListenerCertificate;
import io.macula.actors.link.quic.QuicConnection;
import io.macula.actors.link.quic.QuicConnectionHandler;
import io.macula.actors.link.quic.QuicListener;
import io.macula.actors.link.quic.QuicProvider;
import io.macula.actors.link.quic.QuicStream;
import io.macula.actors.link.quic.QuicStreamHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One network in memory. Bytes that are written wait until [#run] or [#deliver] carries them; the
/// seed decides where they are cut. Thread-safe, but everything is heard on the thread that runs
/// it.
public final class FakeQuic {

    /// Bytes on their way along one stream, or the end of a connection.
    private record Transit(Runnable arrival, FakeConnection from) {}

    private final Random random;
    private final Map<Integer, Port> ports = new HashMap<>();
    private final ConcurrentLinkedDeque<Transit> transits = new ConcurrentLinkedDeque<>();
    private final List<FakeConnection> connections = new ArrayList<>();
    private int lastPort = 20_000;
    private int chunkBytesMax = Integer.MAX_VALUE;
    private int streamBytesMax = Integer.MAX_VALUE;
    private Predicate<byte[]> drops = _ -> false;

    public FakeQuic(long seed) {
        random = new Random(seed);
    }

    /// Cuts what is written into chunks of 1 to `bytes`.
    public void cutInto(int bytes) {
        chunkBytesMax = bytes;
    }

    /// A stream refuses writes beyond so many bytes on their way.
    public void boundStreams(int bytes) {
        streamBytesMax = bytes;
    }

    /// Writes that `drop` names never arrive, as on a path that died.
    public void drop(Predicate<byte[]> drop) {
        drops = drop;
    }

    /// Another machine on this network.
    public QuicProvider provider() {
        return new FakeProvider();
    }

    /// Carries everything that is on its way, and what is written meanwhile, until nothing is.
    public void run() {
        for (var next = transits.poll(); next != null; next = transits.poll()) {
            next.arrival().run();
        }
    }

    /// Breaks every connection without a word.
    public synchronized void cutAll() {
        List.copyOf(connections).forEach(connection -> connection.end("the network broke"));
    }

    /// Frees a port, as when its node was killed.
    public synchronized void closePort(int port) {
        ports.remove(port);
    }

    /// Every connection there was, both ends of each, in order of their making.
    public synchronized List<FakeConnection> connections() {
        return List.copyOf(connections);
    }

    private record Port(ListenerCertificate certificate,
            Function<QuicConnection, QuicConnectionHandler> accept) {}

    private final class FakeProvider implements QuicProvider {

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public CompletionStage<QuicListener> listen(InetSocketAddress local,
                ListenerCertificate certificate,
                Function<QuicConnection, QuicConnectionHandler> accept) {
            synchronized (FakeQuic.this) {
                var number = local.getPort() == 0 ? ++lastPort : local.getPort();
                if (ports.putIfAbsent(number, new Port(certificate, accept)) != null) {
                    return CompletableFuture.failedFuture(
                            new IOException("port " + number + " is in use"));
                }
                return CompletableFuture.completedFuture(new QuicListener() {
                    @Override
                    public InetSocketAddress localAddress() {
                        return new InetSocketAddress(InetAddress.getLoopbackAddress(), number);
                    }

                    @Override
                    public void close() {
                        synchronized (FakeQuic.this) {
                            ports.remove(number);
                        }
                    }
                });
            }
        }

        @Override
        public CompletionStage<QuicConnection> dial(InetSocketAddress remote, Duration timeout,
                Function<QuicConnection, QuicConnectionHandler> handler) {
            synchronized (FakeQuic.this) {
                var port = ports.get(remote.getPort());
                if (port == null) {
                    return CompletableFuture.failedFuture(
                            new IOException("nobody listens on port " + remote.getPort()));
                }
                var hash = sha256(port.certificate());
                var near = new FakeConnection(remote, hash);
                var far = new FakeConnection(new InetSocketAddress(InetAddress.getLoopbackAddress(),
                        ++lastPort), hash);
                near.join(far);
                connections.add(near);
                connections.add(far);
                near.handler = handler.apply(near);
                far.handler = port.accept().apply(far);
                return CompletableFuture.completedFuture(near);
            }
        }

        @Override
        public void close() {}
    }

    /// One end of a connection.
    public final class FakeConnection implements QuicConnection {

        private final InetSocketAddress remote;
        private final byte[] certificateSha256;
        private final Map<Long, FakeStream> streams = new HashMap<>();
        private @Nullable FakeConnection other;
        private @Nullable QuicConnectionHandler handler;
        private boolean ended;
        private long nextStream;

        private FakeConnection(InetSocketAddress remote, byte[] certificateSha256) {
            this.remote = remote;
            this.certificateSha256 = certificateSha256;
        }

        private void join(FakeConnection far) {
            other = far;
            far.other = this;
        }

        /// Pretends that the TLS session of this end belongs to another certificate.
        public void forgeCertificate() {
            certificateSha256[0] ^= 1;
        }

        public boolean hasEnded() {
            return ended;
        }

        @Override
        public InetSocketAddress remoteAddress() {
            return remote;
        }

        @Override
        public byte[] listenerCertificateSha256() {
            return certificateSha256.clone();
        }

        @Override
        public CompletionStage<QuicStream> openStream(QuicStreamHandler streamHandler) {
            synchronized (FakeQuic.this) {
                if (ended) {
                    return CompletableFuture.failedFuture(new IOException("closed"));
                }
                var stream = new FakeStream(this, nextStream, streamHandler);
                streams.put(nextStream, stream);
                nextStream += 4;
                return CompletableFuture.completedFuture(stream);
            }
        }

        private FakeStream accepted(long id) {
            var known = streams.get(id);
            if (known != null) {
                return known;
            }
            var stream = new FakeStream(this, id, null);
            streams.put(id, stream);
            var hearer = handler;
            stream.handler = hearer == null ? null : hearer.streamOpened(stream);
            return stream;
        }

        @Override
        public void close(long code, String reason) {
            if (!ended) {
                var far = other;
                end("closed here: " + reason);
                if (far != null) {
                    transits.add(new Transit(() -> far.end("closed by the far side"), this));
                }
            }
        }

        private void end(String reason) {
            if (!ended) {
                ended = true;
                var hearer = handler;
                if (hearer != null) {
                    hearer.closed(reason);
                }
            }
        }

        @Override
        public String provider() {
            return "fake";
        }

        /// Writes raw bytes on the stream `id`, as a hostile far side would.
        public void inject(long id, byte[] bytes) {
            var stream = streams.computeIfAbsent(id, key -> new FakeStream(this, key, null));
            stream.write(bytes);
        }
    }

    /// One end of a stream.
    private final class FakeStream implements QuicStream {

        private final FakeConnection connection;
        private final long id;
        private @Nullable QuicStreamHandler handler;
        private final List<ByteBuffer> unread = new ArrayList<>();
        private boolean isPaused;
        private long onTheirWay;
        private boolean refused;

        private FakeStream(FakeConnection connection, long id,
                @Nullable QuicStreamHandler handler) {
            this.connection = connection;
            this.id = id;
            this.handler = handler;
        }

        @Override
        public long id() {
            return id;
        }

        @Override
        public Offer write(byte[] frames) {
            synchronized (FakeQuic.this) {
                if (connection.ended) {
                    return Offer.CLOSED;
                }
                if (onTheirWay + frames.length > streamBytesMax) {
                    refused = true;
                    return Offer.FULL;
                }
                if (!drops.test(frames)) {
                    send(frames);
                }
                return Offer.QUEUED;
            }
        }

        private void send(byte[] frames) {
            for (var at = 0; at < frames.length;) {
                var length = Math.min(frames.length - at,
                        chunkBytesMax == Integer.MAX_VALUE
                                ? chunkBytesMax
                                : 1 + random.nextInt(chunkBytesMax));
                var chunk = ByteBuffer.wrap(frames, at, length).slice().asReadOnlyBuffer();
                onTheirWay += length;
                transits.add(new Transit(() -> arrive(chunk), connection));
                at += length;
            }
        }

        private void arrive(ByteBuffer chunk) {
            var far = connection.other;
            if (far != null && !far.ended) {
                var there = far.accepted(id);
                if (there.isPaused) {
                    there.unread.add(chunk);
                    return;
                }
                if (there.handler != null) {
                    there.handler.received(chunk);
                }
            }
            taken(chunk.limit());
        }

        private void taken(int bytes) {
            onTheirWay -= bytes;
            var ours = handler;
            if (refused && onTheirWay <= streamBytesMax / 2 && ours != null) {
                refused = false;
                ours.writable();
            }
        }

        @Override
        public void pause() {
            isPaused = true;
        }

        @Override
        public void resume() {
            isPaused = false;
            var far = connection.other;
            if (far != null) {
                var chunks = List.copyOf(unread);
                unread.clear();
                chunks.forEach(far.accepted(id)::arrive);
            }
        }

        @Override
        public long queuedBytes() {
            return onTheirWay;
        }
    }

    private static byte[] sha256(ListenerCertificate certificate) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(certificate.certificate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
