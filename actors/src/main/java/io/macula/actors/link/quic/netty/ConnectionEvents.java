package io.macula.actors.link.quic.netty;

import io.macula.actors.link.quic.Certificates;
import io.macula.actors.link.quic.QuicConfig;
import io.macula.actors.link.quic.QuicConnection;
import io.macula.actors.link.quic.QuicConnectionHandler;
import io.macula.actors.link.quic.SendPool;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.util.function.Function;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns the events of one QUIC channel into a [NettyConnection] and calls of its handler.
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells by events what became of it
final class ConnectionEvents extends ChannelInboundHandlerAdapter {

    /// Where connections of a listener or of the dialler are kept.
    interface Registry {

        /// False when there is no room for another one.
        boolean add(NettyConnection connection);

        void remove(NettyConnection connection);
    }

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionEvents.class);
    private static final int REFUSED = 2;

    private final QuicConfig config;
    private final SendPool pool;
    private final @Nullable Certificate own;
    private final Registry registry;
    private final Function<QuicConnection, QuicConnectionHandler> accept;
    private @Nullable NettyConnection connection;
    private @Nullable QuicConnectionHandler handler;
    private String end = "";

    /// @param own
    ///            the listener's certificate, null on a dialler
    ConnectionEvents(QuicConfig config, SendPool pool, @Nullable Certificate own, Registry registry,
            Function<QuicConnection, QuicConnectionHandler> accept) {
        this.config = config;
        this.pool = pool;
        this.own = own;
        this.registry = registry;
        this.accept = accept;
    }

    /// Adds the events handler to each connection a listener accepts.
    static ChannelInitializer<Channel> perConnection(QuicConfig config, SendPool pool,
            Certificate own,
            Registry registry, Function<QuicConnection, QuicConnectionHandler> accept) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(new ConnectionEvents(config, pool, own, registry, accept));
            }
        };
    }

    /// Hands each stream the far side opens to the connection it belongs to.
    static ChannelInitializer<QuicStreamChannel> perStream() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(QuicStreamChannel stream) {
                var events = stream.parent().pipeline().get(ConnectionEvents.class);
                events.streamOpened(stream);
            }
        };
    }

    @Nullable
    NettyConnection connection() {
        return connection;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        var channel = (QuicChannel) context.channel();
        var remote = (InetSocketAddress) channel.remoteSocketAddress();
        if (remote == null) {
            context.close();
            return;
        }
        var established = new NettyConnection(channel, config, pool, remote,
                Certificates.sha256(listenerCertificate(channel)));
        if (!registry.add(established)) {
            end = "refused: too many connections";
            channel.close(true, REFUSED, Unpooled.copiedBuffer(
                    "too many connections", StandardCharsets.UTF_8));
            return;
        }
        connection = established;
        handler = accept.apply(established);
        context.fireChannelActive();
    }

    private Certificate listenerCertificate(QuicChannel channel)
            throws SSLPeerUnverifiedException {
        var engine = channel.sslEngine();
        if (own != null) {
            return own;
        }
        if (engine == null) {
            throw new SSLPeerUnverifiedException("the connection is gone already");
        }
        return engine.getSession().getPeerCertificates()[0];
    }

    private void streamOpened(QuicStreamChannel stream) {
        var to = connection;
        var hears = handler;
        if (to == null || hears == null) {
            stream.close();
        } else {
            to.accept(stream, hears);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof QuicConnectionCloseEvent close) {
            var reason = new String(close.reason(), StandardCharsets.UTF_8);
            end = "closed by the far side with code " + close.error()
                    + (reason.isEmpty() ? "" : ": " + reason);
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        var gone = connection;
        var hears = handler;
        connection = null;
        handler = null;
        if (gone != null) {
            var here = gone.isClosing();
            gone.ended();
            registry.remove(gone);
            if (hears != null) {
                hears.closed(reason((QuicChannel) context.channel(), here));
            }
        }
        context.fireChannelInactive();
    }

    private String reason(QuicChannel channel, boolean here) {
        if (!end.isEmpty()) {
            return end;
        }
        if (here) {
            return "closed on this side";
        }
        return channel.isTimedOut()
                ? "nothing was heard for " + config.idleTimeout().toMillis() + " ms"
                : "the connection was lost";
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.atDebug()
                .addKeyValue("remote", ((QuicChannel) context.channel()).remoteSocketAddress())
                .setCause(cause)
                .log("connection failed");
        if (end.isEmpty()) {
            end = "failed: " + cause.getMessage();
        }
        context.close();
    }
}
