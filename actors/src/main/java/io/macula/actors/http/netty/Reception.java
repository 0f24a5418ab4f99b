package io.macula.actors.http.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// Lets connections in while there is room, and builds what each of them goes through.
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells by events what became of it
final class Reception extends ChannelInitializer<SocketChannel> {

    private static final String FULL = "HTTP/1.1 503 Service Unavailable\r\n"
            + "content-length: 0\r\nconnection: close\r\n\r\n";

    private final Desk desk;
    private final ChannelGroup connections;

    Reception(Desk desk, ChannelGroup connections) {
        this.desk = desk;
        this.connections = connections;
    }

    /// On the one thread of the server.
    @Override
    protected void initChannel(SocketChannel channel) {
        if (connections.size() >= desk.limits().connectionsMax()) {
            channel.pipeline().addLast(new Full());
            return;
        }
        connections.add(channel);
        var timeout = desk.limits().requestTimeout().toMillis();
        channel.pipeline()
                .addLast(HttpConnection.IDLE,
                        new IdleStateHandler(true, 0, timeout, 0, TimeUnit.MILLISECONDS))
                .addLast(new HttpServerCodec(decoder()))
                .addLast(HttpConnection.HEADS, new RequestHeads())
                .addLast(new HttpConnection(desk));
    }

    private HttpDecoderConfig decoder() {
        return new HttpDecoderConfig()
                .setMaxInitialLineLength(desk.limits().addressBytesMax())
                .setMaxHeaderSize(desk.limits().headersBytesMax());
    }

    /// Says that there is no room, and hangs up.
    private static final class Full extends ChannelInboundHandlerAdapter {

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.writeAndFlush(
                    Unpooled.copiedBuffer(FULL, StandardCharsets.US_ASCII))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }
}
