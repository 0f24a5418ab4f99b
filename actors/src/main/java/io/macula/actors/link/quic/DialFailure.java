package io.macula.actors.link.quic;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/// The sentences in which both providers say why a dial or a bind failed.
public final class DialFailure {

    private DialFailure() {}

    /// Nobody answered.
    public static IOException silent(InetSocketAddress remote, Duration timeout) {
        return new IOException("no answer from " + text(remote) + " within "
                + timeout.toMillis() + " ms");
    }

    /// Somebody answered and the handshake failed.
    public static IOException refused(InetSocketAddress remote, String why, Throwable cause) {
        return new IOException(text(remote) + " did not complete the handshake: " + why, cause);
    }

    /// The address cannot be dialled at all.
    public static Optional<IOException> unusable(InetSocketAddress remote) {
        if (remote.isUnresolved()) {
            return Optional.of(new IOException("the name " + remote.getHostString()
                    + " does not resolve to an address"));
        }
        return remote.getPort() == 0
                ? Optional.of(new IOException("port 0 of " + remote.getHostString()
                        + " cannot be dialled"))
                : Optional.empty();
    }

    /// A bind failed. Keeps the kernel's words, and says "address already in use" when that is it.
    public static IOException bind(InetSocketAddress local, Throwable cause) {
        var words = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        var why = words.toLowerCase(java.util.Locale.ROOT).contains("in use")
                ? "address already in use"
                : words;
        return new IOException("cannot listen on UDP " + text(local) + ": " + why, cause);
    }

    /// `host:port`, with an IPv6 host in brackets.
    public static String text(InetSocketAddress address) {
        var host = address.isUnresolved()
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
