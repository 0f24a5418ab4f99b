package io.macula.actors.link.quic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Stands between one dialler and one listener, counts what the listener sends, and drops packets that are larger than the
/// path is said to take.
final class CountingRelay implements AutoCloseable {

    private static final int DATAGRAM_BYTES_MAX = 65_536;

    private final SocketAddress listener;
    private final DatagramSocket socket;
    private final int packetBytesMax;
    private final AtomicLong fromListener = new AtomicLong();
    private final AtomicInteger largest = new AtomicInteger();
    private final AtomicLong lateNanos = new AtomicLong();

    private CountingRelay(SocketAddress listener, DatagramSocket socket, int packetBytesMax) {
        this.listener = listener;
        this.socket = socket;
        this.packetBytesMax = packetBytesMax;
    }

    static CountingRelay to(SocketAddress listener) {
        return narrow(listener, DATAGRAM_BYTES_MAX);
    }

    static CountingRelay narrow(SocketAddress listener, int packetBytesMax) {
        try {
            var relay = new CountingRelay(listener,
                    new DatagramSocket(0, InetAddress.getLoopbackAddress()), packetBytesMax);
            Thread.ofPlatform().daemon().start(relay::pass);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /// Packets that the listener has sent so far.
    long fromListener() {
        return fromListener.get();
    }

    /// Bytes of the largest packet that it let pass from the listener.
    int largestFromListener() {
        return largest.get();
    }

    /// The next packet of the listener, and all that come behind it, are so late.
    void late(Duration once) {
        lateNanos.set(once.toNanos());
    }

    private void pass() {
        var dialler = listener;
        var packet = new DatagramPacket(new byte[DATAGRAM_BYTES_MAX], DATAGRAM_BYTES_MAX);
        try {
            while (true) {
                packet.setLength(DATAGRAM_BYTES_MAX);
                socket.receive(packet);
                if (packet.getSocketAddress().equals(listener)) {
                    fromListener.incrementAndGet();
                    LockSupport.parkNanos(lateNanos.getAndSet(0));
                    packet.setSocketAddress(dialler);
                } else {
                    dialler = packet.getSocketAddress();
                    packet.setSocketAddress(listener);
                }
                if (packet.getLength() <= packetBytesMax) {
                    pass(packet);
                }
            }
        } catch (IOException closed) {
            socket.close();
        }
    }

    private void pass(DatagramPacket packet) throws IOException {
        if (!packet.getSocketAddress().equals(listener)) {
            largest.accumulateAndGet(packet.getLength(), Math::max);
        }
        socket.send(packet);
    }

    @Override
    public void close() {
        socket.close();
    }
}
