package io.macula.actors.link.quic.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.SegmentedDatagramPacket;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.EpollQuicUtils;
import io.netty.handler.codec.quic.SegmentedDatagramPacketAllocator;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// The threads and sockets below the provider: epoll where its native library loads, NIO elsewhere.
final class EventLoops {

    private static final int SEGMENTS = 10;

    private final EventLoopGroup group;
    private final Class<? extends DatagramChannel> channelType;
    private final int udpBufferBytes;

    private EventLoops(EventLoopGroup group, Class<? extends DatagramChannel> channelType,
            int udpBufferBytes) {
        this.group = group;
        this.channelType = channelType;
        this.udpBufferBytes = udpBufferBytes;
    }

    static EventLoops create(int threads, int udpBufferBytes) {
        var names = new DefaultThreadFactory("macula-quic", true);
        IoHandlerFactory io = Epoll.isAvailable()
                ? EpollIoHandler.newFactory()
                : NioIoHandler.newFactory();
        Class<? extends DatagramChannel> channelType = Epoll.isAvailable()
                ? EpollDatagramChannel.class
                : NioDatagramChannel.class;
        return new EventLoops(new MultiThreadIoEventLoopGroup(threads, names, io), channelType,
                udpBufferBytes);
    }

    /// Binds a UDP socket with `codec` on top.
    Future<Channel> bind(InetSocketAddress local, ChannelHandler codec) {
        var bound = group.next().<Channel>newPromise();
        new Bootstrap().group(group)
                .channel(channelType)
                .option(ChannelOption.SO_RCVBUF, udpBufferBytes)
                .option(ChannelOption.SO_SNDBUF, udpBufferBytes)
                .handler(codec)
                .bind(local)
                .addListener((io.netty.channel.ChannelFuture future) -> {
                    if (future.isSuccess()) {
                        bound.setSuccess(future.channel());
                    } else {
                        bound.setFailure(future.cause());
                    }
                });
        return bound;
    }

    /// Lets the kernel cut a run of equal packets (UDP GSO) where it can: one system call for ten.
    @SuppressWarnings("deprecation") // nothing else says whether the kernel can
    static SegmentedDatagramPacketAllocator segments() {
        return Epoll.isAvailable() && SegmentedDatagramPacket.isSupported()
                ? EpollQuicUtils.newSegmentedAllocator(SEGMENTS)
                : SegmentedDatagramPacketAllocator.NONE;
    }

    /// True on a thread that must not wait for the event loops: one of them.
    boolean onEventLoop() {
        for (var executor : group) {
            if (executor.inEventLoop()) {
                return true;
            }
        }
        return false;
    }

    /// Ends the threads once what was submitted is done; bounded.
    void close() {
        var terminated = group.shutdownGracefully(0, 2_000, TimeUnit.MILLISECONDS);
        if (!onEventLoop()) {
            terminated.awaitUninterruptibly(3_000);
        }
    }
}
