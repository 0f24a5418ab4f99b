package io.macula.actors.link.quic.netty;

import io.macula.actors.link.quic.QuicConfig;
import io.macula.actors.link.quic.QuicConnection;
import io.macula.actors.link.quic.QuicConnectionHandler;
import io.macula.actors.link.quic.QuicStream;
import io.macula.actors.link.quic.QuicStreamHandler;
import io.macula.actors.link.quic.SendPool;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One established connection. Its streams and its end are handled on its event loop; the public
/// methods may be called from anywhere.
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells by events what became of it
final class NettyConnection implements QuicConnection {

    private static final Logger LOG = LoggerFactory.getLogger(NettyConnection.class);

    /// What was written last gets this long to be read before the close overtakes it: an end of the
    /// kwik provider drops what it has not read when it sees a close.
    private static final long LINGER_MILLIS = 60;

    private final QuicChannel channel;
    private final QuicConfig config;
    private final SendPool pool;
    private final InetSocketAddress remote;
    private final byte[] certificateSha256;
    private final CreditStream credit;
    private final AtomicBoolean closeRequested = new AtomicBoolean();

    // Event loop only.
    private final List<NettyStream> streams = new ArrayList<>();
    private int opened;
    private boolean closing;
    private boolean finishing;
    private boolean finished;
    private Runnable finish = () -> {};

    NettyConnection(QuicChannel channel, QuicConfig config, SendPool pool,
            InetSocketAddress remote, byte[] certificateSha256) {
        this.channel = channel;
        this.config = config;
        this.pool = pool;
        this.remote = remote;
        this.certificateSha256 = certificateSha256;
        this.credit = new CreditStream(channel);
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
    public String provider() {
        return NettyQuicProvider.NAME;
    }

    boolean isClosing() {
        return closeRequested.get();
    }

    @Override
    public CompletionStage<QuicStream> openStream(QuicStreamHandler handler) {
        var stream = new CompletableFuture<QuicStream>();
        execute(() -> open(handler, stream),
                () -> stream.completeExceptionally(new IOException("the connection is closed")));
        return stream;
    }

    private void open(QuicStreamHandler handler, CompletableFuture<QuicStream> result) {
        if (isClosing() || !channel.isActive()) {
            result.completeExceptionally(new IOException("the connection is closed"));
            return;
        }
        if (opened >= config.streamsMax()) {
            result.completeExceptionally(new IOException("all " + config.streamsMax()
                    + " streams of the connection are open"));
            return;
        }
        opened++;
        channel.createStream(QuicStreamType.BIDIRECTIONAL, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel created) {
                var stream = add((QuicStreamChannel) created);
                stream.handler(handler);
                created.pipeline().addLast(stream);
            }
        }).addListener((Future<QuicStreamChannel> future) -> answer(future, result));
    }

    private static void answer(Future<QuicStreamChannel> future,
            CompletableFuture<QuicStream> result) {
        if (future.isSuccess()) {
            result.complete(future.getNow().pipeline().get(NettyStream.class));
        } else {
            result.completeExceptionally(
                    new IOException("the far side does not take another stream", future.cause()));
        }
    }

    /// The far side opened a stream: one of ours, or its own for credit.
    void accept(QuicStreamChannel created, QuicConnectionHandler handler) {
        if (created.type() == QuicStreamType.UNIDIRECTIONAL) {
            credit.farSideAsks();
            created.pipeline().addLast(CreditStream.sink());
            return;
        }
        var stream = add(created);
        stream.handler(handler.streamOpened(stream));
        created.pipeline().addLast(stream);
    }

    private NettyStream add(QuicStreamChannel created) {
        var stream = new NettyStream(this, created, config, pool);
        streams.add(stream);
        return stream;
    }

    void received(long streamId, int bytes) {
        credit.received(streamId, bytes);
    }

    void streamEnded(NettyStream stream) {
        streams.remove(stream);
        drained();
    }

    void streamFailed(long streamId, Throwable cause) {
        LOG.atDebug()
                .addKeyValue("remote", remote)
                .addKeyValue("stream", streamId)
                .setCause(cause)
                .log("stream failed");
    }

    @Override
    public void close(long code, String reason) {
        if (closeRequested.compareAndSet(false, true)) {
            execute(() -> beginClose(code, reason), () -> {});
        }
    }

    private void beginClose(long code, String reason) {
        closing = true;
        finish = () -> finish(code, reason);
        channel.eventLoop()
                .schedule(finish, config.closeGrace().toMillis(),
                        TimeUnit.MILLISECONDS);
        drained();
    }

    /// Some stream has nothing more to send; if that holds for all of them, a close may go on.
    void drained() {
        if (closing && !finishing && streams.stream().allMatch(NettyStream::isDrained)) {
            finishing = true;
            var millis = Math.min(LINGER_MILLIS, config.closeGrace().toMillis());
            channel.eventLoop().schedule(finish, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void finish(long code, String reason) {
        if (!finished) {
            finished = true;
            var words = Unpooled.copiedBuffer(reason, StandardCharsets.UTF_8);
            channel.close(true, Math.clamp(code, 0, Integer.MAX_VALUE), words);
        }
    }

    /// Ends all streams; called when the channel is gone.
    void ended() {
        closeRequested.set(true);
        finished = true;
        credit.close();
        List.copyOf(streams).forEach(NettyStream::end);
    }

    /// On the event loop; `otherwise` when that has ended.
    void execute(Runnable task, Runnable otherwise) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException _) {
            otherwise.run();
        }
    }
}
