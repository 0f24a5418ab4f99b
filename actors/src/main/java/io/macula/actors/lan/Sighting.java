package io.macula.actors.lan;

import io.macula.dht.NodeId;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What somebody on the local network says a node is. Anybody can say anything there.
///
/// @param id as written, or null when it was left out
/// @param realmTag as written, or null
public record Sighting(@Nullable String id, @Nullable String realmTag, int port,
        List<InetAddress> addresses) {

    /// Addresses that are looked at; a host has a few, and more come from nobody honest.
    static final int ADDRESSES_MAX = 4;

    public Sighting {
        addresses = List.copyOf(addresses);
    }

    /// Another node of the same realm and where it may be dialled.
    ///
    /// @param hosts at least one and at most [#ADDRESSES_MAX], each an address in figures
    public record Neighbour(NodeId node, List<String> hosts, int port) {}

    /// The node that was seen; empty for this node itself, for other realms, and for what makes no
    /// sense.
    Optional<Neighbour> neighbourOf(Announcement self) {
        if (id == null || !self.realmTag().equals(realmTag) || port < 1 || port > 65_535) {
            return Optional.empty();
        }
        var hosts = addresses.stream()
                .filter(Sighting::mayBeDialled)
                .limit(ADDRESSES_MAX)
                .map(InetAddress::getHostAddress)
                .toList();
        return hosts.isEmpty()
                ? Optional.empty()
                : NodeId.parse(id)
                        .filter(node -> !node.equals(self.node()))
                        .map(node -> new Neighbour(node, hosts, port));
    }

    /// A link-local address of IPv6 means something on one interface only.
    private static boolean mayBeDialled(InetAddress address) {
        return !address.isAnyLocalAddress() && !address.isMulticastAddress()
                && !address.isLoopbackAddress()
                && !(address instanceof Inet6Address && address.isLinkLocalAddress());
    }
}
