package io.macula.actors.lan;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/// The addresses of this machine on which a node is announced.
final class LanInterfaces {

    /// Networks a node is announced on at once.
    static final int NETWORKS_MAX = 8;

    private LanInterfaces() {}

    /// The address the node listens on, or one of each local network when it listens on all.
    static List<InetAddress> of(InetAddress listening) throws SocketException {
        if (!listening.isAnyLocalAddress()) {
            return List.of(listening);
        }
        return NetworkInterface.networkInterfaces()
                .filter(LanInterfaces::hasMulticast)
                .flatMap(each -> each.inetAddresses()
                        .filter(Inet4Address.class::isInstance)
                        .limit(1))
                .limit(NETWORKS_MAX)
                .toList();
    }

    private static boolean hasMulticast(NetworkInterface each) {
        try {
            return each.isUp() && each.supportsMulticast() && !each.isLoopback()
                    && !each.isPointToPoint();
        } catch (SocketException e) {
            return false; // it went away while it was looked at
        }
    }
}
