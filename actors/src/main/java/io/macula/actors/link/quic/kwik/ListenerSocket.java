package io.macula.actors.link.quic.kwik;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The UDP socket of a listener. kwik ends the whole JVM when receiving on its listener's socket
/// fails; this one reports no failure of a single receive, and after its end lets the receiving
/// thread sleep until kwik interrupts it.
final class ListenerSocket extends DatagramSocket {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    ListenerSocket(InetSocketAddress local, int bufferBytes) throws SocketException {
        super(local);
        setReceiveBufferSize(bufferBytes);
        setSendBufferSize(bufferBytes);
    }

    @Override
    public void receive(DatagramPacket packet) throws IOException {
        while (true) {
            try {
                super.receive(packet);
                return;
            } catch (IOException e) {
                if (isClosed() && Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
