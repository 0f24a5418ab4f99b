package io.macula.actors.http.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;

/// Turns a connection that spoke HTTP into a WebSocket. Its request has been judged.
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells by events what became of it
final class Upgrade {

    private Upgrade() {}

    /// On the server's thread, by the connection's own handler.
    static void perform(ChannelHandlerContext context, HttpRequest request,
            SocketConnection socket, Desk desk) {
        var channel = context.channel();
        var messageMax = desk.limits().messageBytesMax();
        var ping = desk.limits().silenceMax().toMillis() / SocketConnection.PINGS;
        context.pipeline()
                .addLast(new Utf8FrameValidator(false),
                        new WebSocketFrameAggregator(messageMax), socket);
        context.pipeline()
                .replace(HttpConnection.IDLE, HttpConnection.IDLE,
                        new IdleStateHandler(ping, 0, 0, TimeUnit.MILLISECONDS));
        context.pipeline().remove(context.name()); // first: what came too early is for nobody
        context.pipeline().remove(HttpConnection.HEADS);
        var handshaker = new WebSocketServerHandshakerFactory("", null, frames(messageMax))
                .newHandshaker(request);
        handshaker.handshake(channel, whole(request), null, channel.newPromise())
                .addListener(done -> {
                    if (done.isSuccess()) {
                        socket.opens();
                        channel.config().setAutoRead(true);
                    } else {
                        channel.close();
                    }
                });
    }

    private static WebSocketDecoderConfig frames(int messageMax) {
        return WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(messageMax)
                .closeOnProtocolViolation(false)
                .build();
    }

    private static DefaultFullHttpRequest whole(HttpRequest request) {
        return new DefaultFullHttpRequest(request.protocolVersion(), request.method(),
                request.uri(), Unpooled.EMPTY_BUFFER, request.headers(),
                EmptyHttpHeaders.INSTANCE);
    }
}
