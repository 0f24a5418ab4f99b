package io.macula.actors.link.quic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicLong;

/// Stands between one dialler and one listener and counts what the listener sends.
final class CountingRelay implements AutoCloseable {

    private static final int DATAGRAM_BYTES_MAX = 65_536;

    private final SocketAddress listener;
    private final DatagramSocket socket;
    private final AtomicLong fromListener = new AtomicLong();

    private CountingRelay(SocketAddress listener, DatagramSocket socket) {
        this.listener = listener;
        this.socket = socket;
    }

    static CountingRelay to(SocketAddress listener) {
        try {
            var relay = new CountingRelay(listener,
                    new DatagramSocket(0, InetAddress.getLoopbackAddress()));
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

    private void pass() {
        var dialler = listener;
        var packet = new DatagramPacket(new byte[DATAGRAM_BYTES_MAX], DATAGRAM_BYTES_MAX);
        try {
            while (true) {
                packet.setLength(DATAGRAM_BYTES_MAX);
                socket.receive(packet);
                if (packet.getSocketAddress().equals(listener)) {
                    fromListener.incrementAndGet();
                    packet.setSocketAddress(dialler);
                } else {
                    dialler = packet.getSocketAddress();
                    packet.setSocketAddress(listener);
                }
                socket.send(packet);
            }
        } catch (IOException closed) {
            socket.close();
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
