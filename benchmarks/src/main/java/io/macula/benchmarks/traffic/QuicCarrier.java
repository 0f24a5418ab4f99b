package io.macula.benchmarks.traffic;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.InsecureQuicTokenHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicCodecBuilder;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Netty's QUIC by itself: lengths and bytes on one stream of a connection for each subscriber, no
/// topics, no actors, no identity but a certificate. What a product on top of it can reach at most.
final class QuicCarrier implements Carrier {

    private static final String PROTOCOL = "bench";
    private static final int UDP_BYTES = 4_000_000;

    private final Plan plan;
    private final EventLoopGroup group;
    private final List<QuicPipe> pipes = new ArrayList<>();
    private final ConcurrentHashMap<Integer, Runnable> open = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();

    QuicCarrier(Plan plan) {
        this.plan = plan;
        IoHandlerFactory io = Epoll.isAvailable()
                ? EpollIoHandler.newFactory()
                : NioIoHandler.newFactory();
        this.group = new MultiThreadIoEventLoopGroup(1, io);
    }

    private Channel bind(ChannelHandler codec) throws InterruptedException {
        return new Bootstrap().group(group)
                .channel(
                        Epoll.isAvailable() ? EpollDatagramChannel.class : NioDatagramChannel.class)
                .option(ChannelOption.SO_RCVBUF, UDP_BYTES)
                .handler(codec)
                .bind(new InetSocketAddress("127.0.0.1", 0))
                .sync()
                .channel();
    }

    private static <B extends QuicCodecBuilder<B>> B bounds(B builder) {
        return builder.maxIdleTimeout(60, TimeUnit.SECONDS)
                .initialMaxData(16_000_000)
                .initialMaxStreamDataBidirectionalLocal(UDP_BYTES)
                .initialMaxStreamDataBidirectionalRemote(UDP_BYTES)
                .initialMaxStreamsBidirectional(100);
    }

    @Override
    public String hear(Hearing hearing) throws Exception {
        var secrets = Secrets.of(plan.folder());
        var tls = QuicSslContextBuilder.forServer(secrets.key(), null, secrets.certificate())
                .applicationProtocols(PROTOCOL)
                .build();
        var count = new AtomicInteger();
        var streams = new ChannelInitializer<QuicStreamChannel>() {
            @Override
            protected void initChannel(QuicStreamChannel stream) {
                int subscriber = count.getAndIncrement();
                var pipe = new QuicPipe[1];
                Answering back = note -> pipe[0].send(note);
                pipe[0] = new QuicPipe(note -> hearing.heard(subscriber, note, back));
                stream.pipeline().addLast(pipe[0]);
            }
        };
        var local = (InetSocketAddress) bind(bounds(new QuicServerCodecBuilder().sslContext(tls))
                .tokenHandler(InsecureQuicTokenHandler.INSTANCE)
                .handler(new Ignoring())
                .streamHandler(streams)
                .build()).localAddress();
        return "127.0.0.1:" + local.getPort();
    }

    private static final class Ignoring extends ChannelInboundHandlerAdapter {

        @Override
        public boolean isSharable() {
            return true;
        }
    }

    @Override
    public void speak(Consumer<byte[]> answers) throws Exception {
        var tls = QuicSslContextBuilder.forClient()
                .trustManager(Secrets.of(plan.folder()).certificate())
                .endpointIdentificationAlgorithm("")
                .applicationProtocols(PROTOCOL)
                .build();
        var udp = bind(bounds(new QuicClientCodecBuilder().sslContext(tls)).build());
        var port = Integer.parseInt(plan.address().split(":")[1]);
        for (int i = 0; i < plan.subscribers(); i++) {
            var connection = QuicChannel.newBootstrap(udp)
                    .handler(new Ignoring())
                    .streamHandler(new Ignoring())
                    .remoteAddress(new InetSocketAddress("127.0.0.1", port))
                    .connect()
                    .get(20, TimeUnit.SECONDS);
            var pipe = new QuicPipe(note -> back(note, answers));
            connection.createStream(QuicStreamType.BIDIRECTIONAL, pipe).sync();
            pipes.add(pipe);
        }
    }

    private void back(byte[] note, Consumer<byte[]> answers) {
        if (Note.kind(note) == Note.Kind.CALL) {
            var waiting = open.remove(Note.number(note));
            if (waiting != null) {
                waiting.run();
            }
        } else {
            answers.accept(note);
        }
    }

    @Override
    public boolean publish(byte[] note) {
        pipes.forEach(pipe -> pipe.send(note));
        return true;
    }

    @Override
    public void call(byte[] note, Runnable answered, Runnable failed) {
        int id = ids.incrementAndGet();
        Note.number(note, id);
        open.put(id, answered);
        pipes.getFirst().send(note);
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
