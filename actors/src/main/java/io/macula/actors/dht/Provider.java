package io.macula.actors.dht;

import io.macula.actors.link.PeerAddress;
import io.macula.dht.NodeId;
import java.util.List;

/// One provider of a key, as its signed record says.
///
/// @param addresses where it listens, best first; empty when others cannot dial it
/// @param relays the gateways over which it can be reached
/// @param load how busy it says it is, 0 or more; only to be compared with that of others
public record Provider(NodeId node, List<PeerAddress> addresses, List<NodeId> relays, long load) {

    /// Addresses one record may name.
    public static final int ADDRESSES_MAX = 4;

    /// Relays one record may name.
    public static final int RELAYS_MAX = 4;

    public Provider {
        addresses = List.copyOf(addresses);
        relays = List.copyOf(relays);
        if (load < 0) {
            throw new IllegalArgumentException("a load is 0 or more, not " + load);
        }
    }
}
