package io.macula.actors.link.quic.netty;

import io.macula.actors.link.quic.DialFailure;
import io.macula.actors.link.quic.QuicConfig;
import io.macula.actors.link.quic.QuicConnection;
import io.macula.actors.link.quic.QuicConnectionHandler;
import io.macula.actors.link.quic.SendPool;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicChannelOption;
import io.netty.handler.codec.quic.QuicClosedChannelException;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicTimeoutClosedChannelException;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Dials from one UDP socket for each size of packet that the links of this machine take, bound at the first dial: mostly one.
/// QUIC tells connections apart by their ids, so any number of them share it.
final class NettyDialler {

    /// TLS alert 120 as a QUIC error (RFC 9001, 4.8).
    private static final int NO_APPLICATION_PROTOCOL = 0x100 + 120;

    private final QuicConfig config;
    private final SendPool pool;
    private final EventLoops loops;
    private final ConnectionSet connections = new ConnectionSet(Integer.MAX_VALUE);
    private final Map<Integer, Future<Channel>> sockets = new HashMap<>();

    NettyDialler(QuicConfig config, SendPool pool, EventLoops loops) {
        this.config = config;
        this.pool = pool;
        this.loops = loops;
    }

    CompletionStage<QuicConnection> dial(InetSocketAddress remote, Duration timeout,
            Function<QuicConnection, QuicConnectionHandler> handler) {
        var result = new CompletableFuture<QuicConnection>();
        var packetBytes = LinkMtu.payloadBytesTo(remote, config.packetBytesMax());
        socket(packetBytes).addListener((Future<Channel> bound) -> {
            if (bound.isSuccess()) {
                connect(bound.getNow(), packetBytes, remote, timeout, handler, result);
            } else {
                result.completeExceptionally(new IOException(
                        "cannot open a UDP socket: " + bound.cause().getMessage(), bound.cause()));
            }
        });
        return result;
    }

    private synchronized Future<Channel> socket(int packetBytes) {
        var bound = sockets.get(packetBytes);
        if (bound == null || (bound.isDone() && !bound.isSuccess())) {
            bound = loops.bind(new InetSocketAddress(0), Codecs.client(config, packetBytes));
            sockets.put(packetBytes, bound);
        }
        return bound;
    }

    private void connect(Channel udp, int packetBytes, InetSocketAddress remote, Duration timeout,
            Function<QuicConnection, QuicConnectionHandler> handler,
            CompletableFuture<QuicConnection> result) {
        var events = new ConnectionEvents(config, pool, null, connections, handler);
        QuicChannel.newBootstrap(udp)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(timeout.toMillis()))
                .option(QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR,
                        EventLoops.segments(packetBytes))
                .handler(events)
                .streamHandler(ConnectionEvents.perStream())
                .remoteAddress(remote)
                .connect()
                .addListener((Future<QuicChannel> connected) -> {
                    if (connected.isSuccess()) {
                        // the channel becomes active right after this listener
                        udp.eventLoop().execute(() -> answer(events, remote, result));
                    } else {
                        result.completeExceptionally(failure(remote, timeout, connected.cause()));
                    }
                });
    }

    private static void answer(ConnectionEvents events, InetSocketAddress remote,
            CompletableFuture<QuicConnection> result) {
        var connection = events.connection();
        if (connection == null) {
            result.completeExceptionally(new IOException(
                    DialFailure.text(remote) + " closed the connection at once"));
        } else {
            result.complete(connection);
        }
    }

    private static IOException failure(InetSocketAddress remote, Duration timeout,
            Throwable cause) {
        return switch (cause) {
            case ConnectTimeoutException _ -> DialFailure.silent(remote, timeout);
            case QuicTimeoutClosedChannelException _ -> DialFailure.silent(remote, timeout);
            case QuicClosedChannelException closed when closed.event() != null ->
                DialFailure.refused(remote, words(closed.event()), cause);
            default -> DialFailure.refused(remote,
                    cause.getMessage() == null ? "it was broken off" : cause.getMessage(), cause);
        };
    }

    private static String words(QuicConnectionCloseEvent event) {
        return event.error() == NO_APPLICATION_PROTOCOL
                ? "it speaks another protocol than " + Codecs.ALPN
                : "it answered with code " + event.error();
    }

    /// Closes what was dialled, gives up what is being dialled, and frees the sockets; the future
    /// completes when all that is done.
    CompletableFuture<Void> close() {
        return connections.closeAll("the node closes").thenCompose(_ -> closeSockets());
    }

    private synchronized CompletionStage<Void> closeSockets() {
        return CompletableFuture.allOf(sockets.values()
                .stream()
                .map(NettyDialler::closed)
                .toArray(CompletableFuture[]::new));
    }

    private static CompletableFuture<Void> closed(Future<Channel> socket) {
        var done = new CompletableFuture<Void>();
        socket.addListener((Future<Channel> bound) -> {
            if (bound.isSuccess()) {
                bound.getNow().close().addListener(_ -> done.complete(null));
            } else {
                done.complete(null);
            }
        });
        return done;
    }
}
