package io.macula.actors.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The names by which a browser may mean this node. A page of a stranger whose name is made to lead here
/// (DNS rebinding) asks by the stranger's name, and is not answered.
///
/// Those are: loopback by any name or number, the host the port is bound to, and what else was given. A port
/// that is bound to every address of the machine is meant by any address in numbers: those need no DNS.
public final class OwnNames {

    private final Set<String> names = new HashSet<>();
    private final Set<InetAddress> addresses = new HashSet<>();
    private final boolean isAnyAddress;

    /// @param bound as it was wanted, so that a host given by name is known by it
    /// @param more other names of this node, such as one that a proxy is asked by
    public OwnNames(InetSocketAddress bound, List<String> more) {
        names.add("localhost");
        names.add(bound.getHostString().toLowerCase(Locale.ROOT));
        more.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        var address = bound.getAddress();
        if (address != null) {
            addresses.add(address);
        }
        isAnyAddress = address != null && address.isAnyLocalAddress();
    }

    /// @param host a `Host` header: a name or an address, with or without a port
    public boolean contains(String host) {
        return nameOf(host).map(this::isOwn).orElse(false);
    }

    private boolean isOwn(String name) {
        if (names.contains(name)) {
            return true;
        }
        return literal(name)
                .map(address -> isAnyAddress || address.isLoopbackAddress()
                        || addresses.contains(address))
                .orElse(false);
    }

    /// Without port, brackets, and the dot at the end of a full name.
    private static Optional<String> nameOf(String host) {
        var bracket = host.indexOf(']');
        var colon = host.indexOf(':', Math.max(bracket, 0));
        var name = colon < 0 ? host : host.substring(0, colon);
        var isPort = colon < 0 || host.substring(colon + 1).matches("[0-9]{0,5}");
        if (!isPort || name.isEmpty()) {
            return Optional.empty();
        }
        if (name.startsWith("[") && name.endsWith("]")) {
            return Optional.of(name.substring(1, name.length() - 1));
        }
        return Optional.of((name.endsWith(".") ? name.substring(0, name.length() - 1) : name)
                .toLowerCase(Locale.ROOT));
    }

    /// Asks no DNS.
    private static Optional<InetAddress> literal(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
