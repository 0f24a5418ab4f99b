package io.macula.actors.http.netty;

import io.macula.actors.http.Guests;
import io.macula.actors.http.OpenSocket;
import io.macula.actors.http.RequestGate.Verdict;
import io.macula.actors.http.SocketInbox;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One answer that goes on: server-sent events, one text each. What waits for a slow reader is bounded; one
/// that is too slow is hung up on, and its browser comes again.
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells by events what became of it
final class EventStream extends ChannelInboundHandlerAdapter implements OpenSocket {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    /// A line that says nothing, so that either side notices when the other has gone.
    private static final String STILL_HERE = ":\n\n";

    private final String id = UUID.randomUUID().toString();
    private final Channel channel;
    private final Map<String, String> query;
    private final Desk desk;
    private final Guests guests;
    private final SocketInbox inbox;
    private final AtomicLong pendingBytes = new AtomicLong();
    private boolean hasEnded;

    EventStream(Channel channel, Verdict.Tell tell, Desk desk) {
        this.channel = channel;
        this.query = tell.visit().query();
        this.desk = desk;
        this.guests = tell.place().guests();
        var limits = desk.limits();
        this.inbox = new SocketInbox(this, tell.place().source().listener(), desk.executor(),
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

    /// On the server's thread, by the connection's own handler.
    void begins(ChannelHandlerContext context) {
        var beat = desk.limits().silenceMax().toMillis();
        context.pipeline().addLast(this);
        context.pipeline()
                .replace(HttpConnection.IDLE, HttpConnection.IDLE,
                        new IdleStateHandler(0, beat, 0, TimeUnit.MILLISECONDS));
        context.pipeline().remove(context.name());
        context.pipeline().remove(HttpConnection.HEADS);
        channel.writeAndFlush(Responses.stream());
        channel.config().setAutoRead(true);
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
    public boolean send(String text) {
        var event = new StringBuilder(text.length() + 16);
        text.lines().forEach(line -> event.append("data: ").append(line).append('\n'));
        return write(event.append('\n').toString());
    }

    private synchronized boolean write(String text) {
        if (hasEnded) {
            return false;
        }
        if (pendingBytes.get() > desk.limits().pendingBytesMax()) {
            hasEnded = true;
            channel.close();
            return false;
        }
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        pendingBytes.addAndGet(bytes.length);
        channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes)))
                .addListener(_ -> pendingBytes.addAndGet(-bytes.length));
        return true;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (hasEnded) {
                return;
            }
            hasEnded = true;
        }
        channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
                .addListener(ChannelFutureListener.CLOSE);
    }

    private void listenerFailed(Throwable thrown) {
        LOG.atWarn().setCause(thrown).log("what tells a stream failed; it is closed");
        close();
    }

    /// Nothing that follows such a request is listened to.
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
    }

    /// Nothing was told for a while.
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            write(STILL_HERE);
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
        context.close();
    }
}
