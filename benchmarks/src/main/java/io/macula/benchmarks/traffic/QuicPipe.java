package io.macula.benchmarks.traffic;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One stream of raw QUIC: what many threads send is drained by its event loop into large buffers,
/// with one flush for each wake-up.
@SuppressWarnings("FutureReturnValueIgnored") // a stream that breaks ends the measurement
final class QuicPipe extends ChannelInboundHandlerAdapter {

    private static final int BUFFER_BYTES = 16 * 1024;

    private final Queue<byte[]> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Consumer<byte[]> taker;
    private volatile @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf pending;

    QuicPipe(Consumer<byte[]> taker) {
        this.taker = taker;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        added.channel()
                .config()
                .setOption(ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(64 * 1024, 256 * 1024));
        schedule();
    }

    void send(byte[] note) {
        queue.add(note);
        schedule();
    }

    private void schedule() {
        var open = context;
        if (open != null && !scheduled.get() && scheduled.compareAndSet(false, true)) {
            open.executor().execute(() -> drain(open));
        }
    }

    private void drain(ChannelHandlerContext open) {
        scheduled.set(false);
        while (open.channel().isWritable()) {
            var note = queue.poll();
            if (note == null) {
                break;
            }
            var buffer = open.alloc().directBuffer(BUFFER_BYTES);
            while (note != null) {
                buffer.writeInt(note.length).writeBytes(note);
                note = buffer.readableBytes() + Integer.BYTES + note.length <= BUFFER_BYTES
                        ? queue.poll()
                        : null;
            }
            open.write(buffer);
        }
        open.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        if (changed.channel().isWritable()) {
            schedule();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        var bytes = joined(from, (ByteBuf) message);
        while (bytes.readableBytes() >= Integer.BYTES) {
            var length = bytes.getInt(bytes.readerIndex());
            if (bytes.readableBytes() < Integer.BYTES + length) {
                break;
            }
            bytes.skipBytes(Integer.BYTES);
            var note = new byte[length];
            bytes.readBytes(note);
            taker.accept(note);
        }
        if (bytes.isReadable()) {
            pending = bytes;
        } else {
            bytes.release();
            pending = null;
        }
    }

    private ByteBuf joined(ChannelHandlerContext from, ByteBuf more) {
        var before = pending;
        if (before == null) {
            return more;
        }
        var both = from.alloc().directBuffer(before.readableBytes() + more.readableBytes());
        both.writeBytes(before).writeBytes(more);
        before.release();
        more.release();
        return both;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
        cause.printStackTrace();
        failed.close();
    }
}
