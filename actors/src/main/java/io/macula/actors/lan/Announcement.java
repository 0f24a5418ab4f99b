package io.macula.actors.lan;

import io.macula.actors.dht.RealmKey;
import io.macula.dht.NodeId;

/// What a node says of itself on the local network: its id, a tag of its realm, and its QUIC port.
///
/// @param realmTag the first digits of a hash of the realm's name, so that the name itself is not
///     told to everybody; nodes of other realms are passed over by it
public record Announcement(NodeId node, String realmTag, int port) {

    private static final int TAG_DIGITS = 16;

    public Announcement {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
    }

    public static Announcement of(NodeId node, String realm, int port) {
        return new Announcement(node, RealmKey.peers(realm).id().hex().substring(0, TAG_DIGITS),
                port);
    }
}
