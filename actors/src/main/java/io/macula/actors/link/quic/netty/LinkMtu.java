package io.macula.actors.link.quic.netty;

import io.macula.actors.link.quic.QuicConfig;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/// How large a packet the first link on its way takes, which the machine knows. What the rest of the path takes has to be
/// found out, and to begin no higher than here saves the probes that could not leave (RFC 8899, 3).
final class LinkMtu {

    /// IPv6 and UDP; those of IPv4 are shorter.
    private static final int HEADER_BYTES = 48;

    /// Ethernet's, where the machine does not say.
    private static final int USUAL_MTU = 1_500;

    private LinkMtu() {}

    /// The largest UDP payload that may leave for `remote`, from 1 200 to `most`.
    static int payloadBytesTo(InetSocketAddress remote, int most) {
        // Nothing is sent: the kernel only chooses the address it would send from.
        try (var socket = new DatagramSocket()) {
            socket.connect(remote);
            return payloadBytesFrom(socket.getLocalAddress(), most);
        } catch (IOException unreachable) {
            return bounded(USUAL_MTU, most);
        }
    }

    /// The largest UDP payload that may leave a socket bound to `local`; to all addresses, that of the
    /// largest link that leads to other machines.
    static int payloadBytesAt(InetSocketAddress local, int most) {
        return local.isUnresolved()
                ? QuicConfig.PACKET_BYTES_LEAST
                : payloadBytesFrom(local.getAddress(), most);
    }

    private static int payloadBytesFrom(InetAddress local, int most) {
        try {
            return bounded(local.isAnyLocalAddress()
                    ? largestMtu()
                    : mtu(NetworkInterface.getByInetAddress(local)), most);
        } catch (SocketException unknown) {
            return bounded(USUAL_MTU, most);
        }
    }

    private static int largestMtu() throws SocketException {
        var largest = 0;
        for (var link : NetworkInterface.networkInterfaces().toList()) {
            if (link.isUp() && !link.isLoopback()) {
                largest = Math.max(largest, link.getMTU());
            }
        }
        return largest == 0 ? USUAL_MTU : largest;
    }

    private static int mtu(@Nullable NetworkInterface link) throws SocketException {
        return link == null ? USUAL_MTU : link.getMTU();
    }

    private static int bounded(int mtu, int most) {
        return Math.clamp(mtu - HEADER_BYTES, QuicConfig.PACKET_BYTES_LEAST, most);
    }
}
