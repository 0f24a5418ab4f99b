package io.macula.actors.http.netty;

import io.macula.actors.http.Guests;
import io.macula.actors.http.OpenSocket;
import io.macula.actors.http.RequestGate.Verdict;
import io.macula.actors.http.SocketInbox;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.timeout.IdleStateEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One open WebSocket (RFC 6455). Frames are read on the server's thread, and what they say is told to the
/// listener on others.
///
/// It ends once: by its listener, by the browser, by a fault of either, or by silence.
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells by events what became of it
final class SocketConnection extends SimpleChannelInboundHandler<WebSocketFrame>
        implements
            OpenSocket {

    /// Pings in the longest silence.
    static final int PINGS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(SocketConnection.class);

    /// How long who broke the rules may take to read why the connection ends.
    private static final Duration FAULT_GRACE = Duration.ofSeconds(1);

    private final String id = UUID.randomUUID().toString();
    private final Channel channel;
    private final Map<String, String> query;
    private final Desk desk;
    private final Guests guests;
    private final SocketInbox inbox;
    private final AtomicLong pendingBytes = new AtomicLong();
    private int unanswered;
    private boolean hasEnded;

    SocketConnection(Channel channel, Verdict.Connect connect, Desk desk) {
        this.channel = channel;
        this.query = connect.query();
        this.desk = desk;
        this.guests = connect.place().guests();
        var limits = desk.limits();
        this.inbox = new SocketInbox(this, connect.place().listener(), desk.executor(),
                limits.inboxMax(), limits.pendingBytesMax(), this::listenerFailed);
    }

    /// False when the place is no more.
    boolean enters() {
        if (!guests.enter(this)) {
            return false;
        }
        channel.closeFuture().addListener(_ -> hasGone());
        return true;
    }

    /// The handshake is done.
    void opens() {
        inbox.opened();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Map<String, String> query() {
        return query;
    }

    @Override
    public synchronized boolean send(String text) {
        if (hasEnded || pendingBytes.get() > desk.limits().pendingBytesMax()) {
            return false;
        }
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        pendingBytes.addAndGet(bytes.length);
        channel.writeAndFlush(new TextWebSocketFrame(Unpooled.wrappedBuffer(bytes)))
                .addListener(_ -> pendingBytes.addAndGet(-bytes.length));
        return true;
    }

    @Override
    public void close() {
        if (ends(WebSocketCloseStatus.NORMAL_CLOSURE, inbox::dropped)) {
            endsWithin(desk.limits().silenceMax());
        }
    }

    private void fails(WebSocketCloseStatus status) {
        if (ends(status, inbox::dropped)) {
            endsWithin(FAULT_GRACE);
        }
    }

    /// Says goodbye as the last thing there is to say. False when the connection had ended before.
    private synchronized boolean ends(WebSocketCloseStatus status, Runnable inboxEnds) {
        if (hasEnded) {
            return false;
        }
        hasEnded = true;
        inboxEnds.run();
        channel.writeAndFlush(new CloseWebSocketFrame(status));
        return true;
    }

    /// The browser hangs up when it has read to the end (RFC 6455, 7.1.1); nobody waits for it for ever.
    private void endsWithin(Duration grace) {
        try {
            channel.eventLoop()
                    .schedule(() -> channel.close(), grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.atDebug().log("the server has closed, and every connection with it");
        }
    }

    private void listenerFailed(Throwable thrown) {
        LOG.atWarn().setCause(thrown).log("the listener of a socket failed; it is closed");
        fails(WebSocketCloseStatus.INTERNAL_SERVER_ERROR);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        switch (frame) {
            case TextWebSocketFrame text -> received(text);
            case BinaryWebSocketFrame _ -> fails(WebSocketCloseStatus.INVALID_MESSAGE_TYPE);
            case PingWebSocketFrame ping -> answers(ping);
            case CloseWebSocketFrame _ -> leaves();
            default -> LOG.atTrace().log("an answer to a ping"); // it has been heard
        }
    }

    private void received(TextWebSocketFrame frame) {
        if (!inbox.received(frame.text(), frame.content().readableBytes())) {
            fails(WebSocketCloseStatus.POLICY_VIOLATION);
        }
    }

    /// Who pings and does not read the answers gets none.
    private void answers(PingWebSocketFrame ping) {
        if (channel.isWritable()) {
            channel.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
        }
    }

    /// What it had said before is still told.
    private void leaves() {
        ends(WebSocketCloseStatus.NORMAL_CLOSURE, inbox::closed);
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /// Nothing came for a third of the longest silence.
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent silence) {
            unanswered = silence.isFirst() ? 1 : unanswered + 1;
            if (unanswered >= PINGS) {
                context.close();
            } else {
                context.writeAndFlush(new PingWebSocketFrame());
            }
        }
    }

    private void hasGone() {
        synchronized (this) {
            hasEnded = true;
        }
        guests.leave(this);
        inbox.closed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        switch (cause) {
            case CorruptedWebSocketFrameException broken -> fails(broken.closeStatus());
            case TooLongFrameException _ -> fails(WebSocketCloseStatus.MESSAGE_TOO_BIG);
            default -> context.close();
        }
    }
}
