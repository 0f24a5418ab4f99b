package io.macula.actors.cluster;

import java.util.Optional;
import java.util.regex.Pattern;

/// Where a member of a Cluster listens. Both ends have to write it alike, for it is the member's name.
///
/// @param host a name, an IPv4 address, or an IPv6 address in brackets
public record ClusterAddress(String host, int port) implements Comparable<ClusterAddress> {

    private static final int HOST_LENGTH_MAX = 255;
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\]");
    private static final Pattern FORM = Pattern.compile("(.+):([0-9]{1,5})");

    public ClusterAddress {
        if (!isHost(host) || port < 1 || port > 65_535) {
            throw new IllegalArgumentException(
                    "a member's address needs a host and a port of 1-65535");
        }
    }

    /// True for what may be a host.
    public static boolean isHost(String text) {
        return text.length() <= HOST_LENGTH_MAX && HOST.matcher(text).matches();
    }

    /// Reads `host:port`; anything else is empty.
    public static Optional<ClusterAddress> parse(String text) {
        var form = FORM.matcher(text);
        if (!form.matches() || !isHost(form.group(1))) {
            return Optional.empty();
        }
        var port = Integer.parseInt(form.group(2));
        return port >= 1 && port <= 65_535
                ? Optional.of(new ClusterAddress(form.group(1), port))
                : Optional.empty();
    }

    @Override
    public int compareTo(ClusterAddress other) {
        var byHost = host.compareTo(other.host);
        return byHost != 0 ? byHost : Integer.compare(port, other.port);
    }

    /// `host:port`.
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
