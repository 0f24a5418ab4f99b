package io.macula.actors.link.quic.netty;

import io.macula.actors.link.quic.QuicListener;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// A bound UDP socket and the connections that came in through it.
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells by events what became of it
final class NettyListener implements QuicListener {

    private final Channel socket;
    private final InetSocketAddress local;
    private final ConnectionSet connections;
    private final long graceMillis;
    private final Consumer<NettyListener> onClosed;
    private final AtomicBoolean closed = new AtomicBoolean();

    NettyListener(Channel socket, ConnectionSet connections, long graceMillis,
            Consumer<NettyListener> onClosed) {
        this.socket = socket;
        this.local = (InetSocketAddress) socket.localAddress();
        this.connections = connections;
        this.graceMillis = graceMillis;
        this.onClosed = onClosed;
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    /// Gives the connections their grace, then frees the port. Waits for that unless it is called
    /// on
    /// an event loop.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        onClosed.accept(this);
        var emptied = connections.closeAll("the listener closes");
        if (socket.eventLoop().inEventLoop()) {
            emptied.whenComplete((_, _) -> socket.close());
        } else {
            ConnectionSet.await(emptied, graceMillis + 500);
            socket.close().awaitUninterruptibly(1_000);
        }
    }
}
