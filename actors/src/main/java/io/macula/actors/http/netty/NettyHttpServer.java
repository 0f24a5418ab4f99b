package io.macula.actors.http.netty;

import io.macula.actors.http.HttpLimits;
import io.macula.actors.http.RequestGate;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// Serves HTTP/1.1 and WebSockets on one port. One thread reads and writes; pages are made, and sockets
/// listened to, on virtual threads.
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells by events what became of it
public final class NettyHttpServer implements AutoCloseable {

    private static final int BACKLOG = 128;
    private static final long CLOSE_PATIENCE_MILLIS = 2_000;

    private final EventLoopGroup loop;
    private final Channel listening;
    private final ChannelGroup connections;

    /// What became of a [#start].
    public sealed interface Started {
        record Serving(NettyHttpServer server) implements Started {}

        /// One sentence: what, why, what to do.
        record Failed(String message) implements Started {}
    }

    private NettyHttpServer(EventLoopGroup loop, Channel listening, ChannelGroup connections) {
        this.loop = loop;
        this.listening = listening;
        this.connections = connections;
    }

    /// Binds `address` (port 0 takes any) and serves. Waits for the binding.
    public static Started start(InetSocketAddress address, RequestGate gate, HttpLimits limits) {
        var loop = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("macula-http", true),
                NioIoHandler.newFactory());
        var connections = new DefaultChannelGroup(loop.next());
        var bound = new ServerBootstrap().group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new Reception(new Desk(gate, limits), connections))
                .bind(address)
                .awaitUninterruptibly();
        if (bound.isSuccess()) {
            return new Started.Serving(
                    new NettyHttpServer(loop, bound.channel(), connections));
        }
        loop.shutdownGracefully(0, CLOSE_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        return new Started.Failed("cannot serve HTTP on " + address.getHostString() + ":"
                + address.getPort() + ": " + bound.cause().getMessage()
                + "; choose another port with --http-port (0 takes any free one)");
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    /// Frees the port and returns then; requests under way and sockets are cut off, and nobody waits for
    /// them.
    @Override
    public void close() {
        listening.close().awaitUninterruptibly(CLOSE_PATIENCE_MILLIS);
        connections.close();
        loop.shutdownGracefully(0, CLOSE_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
