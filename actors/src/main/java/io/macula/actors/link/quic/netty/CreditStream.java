package io.macula.actors.link.quic.netty;

import io.macula.actors.link.quic.CreditRecord;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Tells a kwik end what has arrived, if it asks by opening a unidirectional stream. Costs an
/// addition per read while nobody asks. Event loop only.
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells by events what became of it
final class CreditStream {

    private final QuicChannel channel;
    private long[] taken = new long[4];
    private long[] told = new long[4];
    private boolean asked;
    private boolean tellScheduled;
    private boolean closed;
    private @Nullable QuicStreamChannel records;

    CreditStream(QuicChannel channel) {
        this.channel = channel;
    }

    /// Reads and drops what the far side says on its own stream: this end sends without credit.
    static ChannelHandler sink() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                ReferenceCountUtil.release(message);
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                context.close();
            }
        };
    }

    void farSideAsks() {
        if (asked || closed) {
            return;
        }
        asked = true;
        channel.createStream(QuicStreamType.UNIDIRECTIONAL, sink())
                .addListener((Future<QuicStreamChannel> future) -> {
                    if (future.isSuccess()) {
                        records = future.getNow();
                        tellAll();
                    }
                });
    }

    void received(long streamId, int bytes) {
        var index = (int) (streamId / 4);
        if (index >= taken.length) {
            taken = Arrays.copyOf(taken, index + 1);
            told = Arrays.copyOf(told, index + 1);
        }
        taken[index] += bytes;
        if (!asked) {
            return;
        }
        if (taken[index] - told[index] >= CreditRecord.STEP_BYTES) {
            tell(index);
        } else if (!tellScheduled) {
            tellScheduled = true;
            channel.eventLoop()
                    .schedule(this::tellAll, CreditRecord.DELAY_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
    }

    private void tellAll() {
        tellScheduled = false;
        for (var index = 0; index < taken.length; index++) {
            if (taken[index] > told[index]) {
                tell(index);
            }
        }
    }

    private void tell(int index) {
        var to = records;
        if (to != null && !closed && to.isWritable()) {
            told[index] = taken[index];
            var record = new CreditRecord(index * 4, taken[index]).encode();
            to.writeAndFlush(to.alloc().directBuffer(record.length).writeBytes(record),
                    to.voidPromise());
        } else if (to != null && !closed && !tellScheduled) {
            tellScheduled = true;
            channel.eventLoop()
                    .schedule(this::tellAll, CreditRecord.DELAY_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
    }

    void close() {
        closed = true;
    }
}
