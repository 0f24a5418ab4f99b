package io.macula.actors.link.quic.netty;

import static java.util.Objects.requireNonNull;

import io.macula.actors.link.quic.QuicConfig;
import io.macula.actors.link.quic.QuicStream;
import io.macula.actors.link.quic.QuicStreamHandler;
import io.macula.actors.link.quic.SendPool;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One bidirectional stream. Writers of any thread put arrays into a queue; one task per wake-up
/// drains it on the event loop into buffers of at most 16 KiB, as long as QUIC takes them. What
/// QUIC does not take stays in the queue, whose bytes are bounded.
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells by events what became of it
final class NettyStream extends ChannelInboundHandlerAdapter implements QuicStream {

    private static final int BUFFER_BYTES = 16 * 1024;

    /// After so many buffers other streams get their turn on the event loop.
    private static final int BUFFERS_PER_DRAIN = 64;

    private final NettyConnection connection;
    private final QuicStreamChannel channel;
    private final SendPool.Room room;
    private final int lowBytes;
    private final Queue<byte[]> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicBoolean drainScheduled = new AtomicBoolean();
    private final Runnable drain = this::drain;
    private final Runnable readOrNot;
    private volatile boolean isPaused;
    private volatile boolean refused;
    private volatile boolean closed;

    // Event loop only.
    private @Nullable QuicStreamHandler handler;
    private byte @Nullable [] head;
    private int headOffset;
    private boolean ended;
    private boolean isReading;
    private boolean mustAnswer;

    NettyStream(NettyConnection connection, QuicStreamChannel channel, QuicConfig config,
            SendPool pool) {
        this.connection = connection;
        this.channel = channel;
        this.room = pool.room(config.sendQueueBytes());
        this.readOrNot = () -> channel.config().setAutoRead(!isPaused);
        this.lowBytes = Math.min(SendPool.OWN_BYTES, config.sendQueueBytes()) / 2;
    }

    /// Who hears the stream; set before it is added to the pipeline.
    void handler(QuicStreamHandler newHandler) {
        this.handler = newHandler;
    }

    private QuicStreamHandler handler() {
        return requireNonNull(handler, "a stream has a handler before it is in the pipeline");
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        context.channel()
                .config()
                .setOption(ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(64 * 1024, 256 * 1024));
    }

    @Override
    public long id() {
        return channel.streamId();
    }

    @Override
    public long queuedBytes() {
        return queuedBytes.get();
    }

    @Override
    public void pause() {
        isPaused = true;
        inLoop(readOrNot);
    }

    @Override
    public void resume() {
        isPaused = false;
        inLoop(readOrNot);
    }

    private void inLoop(Runnable task) {
        if (channel.eventLoop().inEventLoop()) {
            task.run();
        } else {
            connection.execute(task, () -> {});
        }
    }

    @Override
    public Offer write(byte[] frames) {
        if (closed || connection.isClosing()) {
            return Offer.CLOSED;
        }
        if (frames.length == 0) {
            return Offer.QUEUED;
        }
        var queued = queuedBytes.addAndGet(frames.length);
        if (!room.holds(queued) && queued != frames.length) {
            queuedBytes.addAndGet(-frames.length);
            refused = true;
            scheduleDrain(); // the queue may have drained before `refused` was seen
            return Offer.FULL;
        }
        queue.add(frames);
        scheduleDrain();
        return Offer.QUEUED;
    }

    private void scheduleDrain() {
        if (!drainScheduled.get() && drainScheduled.compareAndSet(false, true)) {
            if (channel.eventLoop().inEventLoop() && isReading) {
                mustAnswer = true;
            } else {
                channel.eventLoop().execute(drain);
            }
        }
    }

    private void drain() {
        drainScheduled.set(false);
        if (ended) {
            queue.clear();
            return;
        }
        var buffers = 0;
        while (channel.isWritable()) {
            if (buffers++ == BUFFERS_PER_DRAIN) {
                scheduleDrain();
                break;
            }
            var buffer = nextBuffer();
            if (buffer == null) {
                break;
            }
            channel.write(buffer, channel.voidPromise());
        }
        channel.flush();
        afterDrain();
    }

    private @Nullable ByteBuf nextBuffer() {
        var frame = nextFrame();
        if (frame == null) {
            return null;
        }
        var buffer = channel.alloc().directBuffer(BUFFER_BYTES);
        while (frame != null) {
            var count = Math.min(frame.length - headOffset, BUFFER_BYTES - buffer.readableBytes());
            buffer.writeBytes(frame, headOffset, count);
            headOffset += count;
            if (headOffset < frame.length) {
                break;
            }
            head = null;
            frame = nextFrame();
        }
        queuedBytes.addAndGet(-buffer.readableBytes());
        return buffer;
    }

    private byte @Nullable [] nextFrame() {
        if (head == null) {
            head = queue.poll();
            headOffset = 0;
        }
        return head;
    }

    private void afterDrain() {
        var queued = queuedBytes.get();
        room.drainedTo(queued);
        if (refused && queued <= lowBytes) {
            refused = false;
            handler().writable();
        }
        connection.drained();
    }

    /// True when nothing waits any more, here or in the channel.
    boolean isDrained() {
        return ended || (queuedBytes.get() == 0 && channel.isWritable());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable()) {
            drain();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (!ended && message instanceof ByteBuf bytes) {
                var count = bytes.readableBytes();
                isReading = true;
                for (var part : bytes.nioBuffers()) {
                    handler().received(part);
                }
                connection.received(channel.streamId(), count);
            }
        } finally {
            ReferenceCountUtil.release(message);
            isReading = false;
            answer();
        }
    }

    /// What was written in answer to what was read goes out at once, in the same packet as QUIC's own confirmation.
    private void answer() {
        if (mustAnswer) {
            mustAnswer = false;
            drain();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        connection.streamFailed(channel.streamId(), cause);
        context.close();
    }

    /// Tells the handler once that the stream is over; called on the event loop.
    void end() {
        closed = true;
        if (!ended) {
            ended = true;
            queue.clear();
            head = null;
            queuedBytes.set(0);
            room.end();
            handler().closed();
            connection.streamEnded(this);
        }
    }
}
