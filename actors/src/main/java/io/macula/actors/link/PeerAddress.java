package io.macula.actors.link;

import io.macula.dht.NodeId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a peer is dialled, and which id it has to prove when that is known: written
/// `macula://ID@host:port` or `host:port`.
public record PeerAddress(@Nullable NodeId id, String host, int port) {

    /// The port a gateway listens on unless told otherwise.
    public static final int DEFAULT_PORT = 9443;

    private static final String SCHEME = "macula://";

    public PeerAddress {
        if (host.isEmpty() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a peer address needs a host and a port of 1-65535");
        }
    }

    /// The id the peer must prove, when one was given.
    public Optional<NodeId> expectedId() {
        return Optional.ofNullable(id);
    }

    /// Reads either form; the port may be left out. Empty when it is neither.
    public static Optional<PeerAddress> parse(String text) {
        var rest = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text;
        var at = rest.indexOf('@');
        var id = at < 0 ? Optional.<NodeId>empty() : NodeId.parse(rest.substring(0, at));
        if (at >= 0 && id.isEmpty()) {
            return Optional.empty();
        }
        return parseHostPort(rest.substring(at + 1), id.orElse(null));
    }

    private static Optional<PeerAddress> parseHostPort(String text, @Nullable NodeId id) {
        var bracket = text.lastIndexOf(']');
        var colon = text.indexOf(':', Math.max(bracket, 0));
        var host = colon < 0 ? text : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        var port = colon < 0 ? DEFAULT_PORT : parsePort(text.substring(colon + 1));
        if (host.isBlank() || port < 1 || host.indexOf('/') >= 0 || host.indexOf(' ') >= 0) {
            return Optional.empty();
        }
        return Optional.of(new PeerAddress(id, host, port));
    }

    private static int parsePort(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(Character::isDigit)) {
            return -1;
        }
        var port = Integer.parseInt(text);
        return port <= 65_535 ? port : -1;
    }

    /// `host:port`, with an IPv6 host in brackets.
    public String hostPort() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public String toString() {
        return id == null ? hostPort() : SCHEME + id.hex() + "@" + hostPort();
    }
}
