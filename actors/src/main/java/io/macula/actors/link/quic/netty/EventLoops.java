package io.macula.actors.link.quic.netty;

import io.macula.actors.link.quic.QuicConfig;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.SegmentedDatagramPacket;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.EpollQuicUtils;
import io.netty.handler.codec.quic.SegmentedDatagramPacketAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// The threads and sockets below the provider: epoll where its native library loads, NIO elsewhere.
final class EventLoops {

    private static final int SEGMENTS = 10;

    /// What one system call may send at most, with some room for headers.
    private static final int SEGMENTED_BYTES_MAX = 65_000;

    /// A socket that has something is read so often before others get their turn, as Netty does by itself
    /// with an allocator of its own.
    private static final int PACKETS_PER_READ = 16;

    /// As Netty does by itself.
    private static final int RECEIVE_BYTES_LEAST = 2_048;

    private final EventLoopGroup group;
    private final Class<? extends DatagramChannel> channelType;
    private final QuicConfig config;

    private EventLoops(EventLoopGroup group, Class<? extends DatagramChannel> channelType,
            QuicConfig config) {
        this.group = group;
        this.channelType = channelType;
        this.config = config;
    }

    static EventLoops create(QuicConfig config) {
        followNoBuffers();
        var names = new DefaultThreadFactory("macula-quic", true);
        IoHandlerFactory io = Epoll.isAvailable()
                ? EpollIoHandler.newFactory()
                : NioIoHandler.newFactory();
        Class<? extends DatagramChannel> channelType = Epoll.isAvailable()
                ? EpollDatagramChannel.class
                : NioDatagramChannel.class;
        return new EventLoops(new MultiThreadIoEventLoopGroup(config.ioThreads(), names, io),
                channelType, config);
    }

    /// Netty follows one buffer of 128 with stack traces to find those that are never released, which took a fiftieth of
    /// a busy node's time. Off, unless somebody asked for it by a property or set another level.
    private static void followNoBuffers() {
        if (ResourceLeakDetector.getLevel() == ResourceLeakDetector.Level.SIMPLE
                && System.getProperty("io.netty.leakDetection.level") == null
                && System.getProperty("io.netty.leakDetectionLevel") == null) {
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        }
    }

    /// Binds a UDP socket with `codec` on top.
    Future<Channel> bind(InetSocketAddress local, ChannelHandler codec) {
        var bound = group.next().<Channel>newPromise();
        new Bootstrap().group(group)
                .channel(channelType)
                .option(ChannelOption.SO_RCVBUF, config.udpBufferBytes())
                .option(ChannelOption.SO_SNDBUF, config.udpBufferBytes())
                .option(ChannelOption.RECVBUF_ALLOCATOR, receiveBuffers())
                .handler(codec)
                .bind(local)
                .addListener((io.netty.channel.ChannelFuture future) -> {
                    if (future.isSuccess()) {
                        DontFragment.ask(future.channel());
                        bound.setSuccess(future.channel());
                    } else {
                        bound.setFailure(future.cause());
                    }
                });
        return bound;
    }

    private RecvByteBufAllocator receiveBuffers() {
        return new FixedRecvByteBufAllocator(Math.max(config.packetBytesMax(), RECEIVE_BYTES_LEAST))
                .maxMessagesPerRead(PACKETS_PER_READ);
    }

    /// Lets the kernel cut a run of equal packets (UDP GSO) where it can: one system call for ten, fewer when they are
    /// large.
    @SuppressWarnings("deprecation") // nothing else says whether the kernel can
    static SegmentedDatagramPacketAllocator segments(int packetBytes) {
        return Epoll.isAvailable() && SegmentedDatagramPacket.isSupported()
                ? EpollQuicUtils.newSegmentedAllocator(
                        Math.min(SEGMENTS, SEGMENTED_BYTES_MAX / packetBytes))
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
