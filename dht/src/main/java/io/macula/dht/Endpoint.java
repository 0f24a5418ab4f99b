package io.macula.dht;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Locale;

/// Where a node listens: an address literal or a name, and a port. Nothing is resolved here.
public final class Endpoint {

    /// The network of an address that no diversity limit applies to.
    public static final int UNLIMITED = 0;

    private final String host;
    private final int port;
    private final int network;

    private Endpoint(String host, int port) {
        this.host = host;
        this.port = port;
        this.network = networkOf(host);
    }

    /// `host` without brackets and not blank, `port` from 0 to 65535.
    public static Endpoint of(String host, int port) {
        if (host.isBlank()) {
            throw new IllegalArgumentException("an endpoint needs a host");
        }
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
        }
        return new Endpoint(host, port);
    }

    /// The host as it was given.
    public String host() {
        return host;
    }

    /// The port.
    public int port() {
        return port;
    }

    /// A number equal for addresses of the same /24 (IPv4) or /48 (IPv6) and for the same name;
    /// [#UNLIMITED] for loopback, private and link-local addresses. Two networks share a number
    /// only by a hash collision of IPv6 prefixes or names.
    public int network() {
        return network;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Endpoint that && port == that.port && host.equals(that.host);
    }

    @Override
    public int hashCode() {
        return 31 * host.hashCode() + port;
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }

    private static int networkOf(String host) {
        try {
            return networkOf(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException notALiteral) {
            var name = host.toLowerCase(Locale.ROOT);
            return name.equals("localhost") ? UNLIMITED : name.hashCode() | 1;
        }
    }

    private static int networkOf(InetAddress address) {
        var bytes = address.getAddress();
        if (address.isLoopbackAddress() || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || isUniqueLocal(bytes)) {
            return UNLIMITED;
        }
        if (address instanceof Inet4Address) {
            return ByteBuffer.wrap(bytes).getInt() >>> 8 | 1 << 24;
        }
        return Long.hashCode((ByteBuffer.wrap(bytes).getLong() >>> 16) * 0x9E3779B97F4A7C15L)
                | 1 << 31;
    }

    /// fc00::/7 (RFC 4193, 3.1).
    private static boolean isUniqueLocal(byte[] address) {
        return address.length == 16 && (address[0] & 0xfe) == 0xfc;
    }
}
