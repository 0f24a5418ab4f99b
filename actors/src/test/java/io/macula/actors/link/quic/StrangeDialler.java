package io.macula.actors.link.quic;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// A QUIC client that is none of ours.
final class StrangeDialler {

    private StrangeDialler() {}

    /// Whether the handshake succeeds with `alpn` as the application protocol.
    static boolean connects(InetSocketAddress remote, String alpn) throws InterruptedException {
        var group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            var tls = QuicSslContextBuilder.forClient()
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .applicationProtocols(alpn)
                    .build();
            var udp = new Bootstrap().group(group)
                    .channel(NioDatagramChannel.class)
                    .handler(new QuicClientCodecBuilder().sslContext(tls)
                            .maxIdleTimeout(5, TimeUnit.SECONDS)
                            .build())
                    .bind(0)
                    .sync()
                    .channel();
            var dialled = QuicChannel.newBootstrap(udp)
                    .handler(new ChannelInboundHandlerAdapter())
                    .streamHandler(new ChannelInboundHandlerAdapter())
                    .remoteAddress(remote)
                    .connect()
                    .await();
            udp.close().sync();
            return dialled.isSuccess();
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
        }
    }
}
