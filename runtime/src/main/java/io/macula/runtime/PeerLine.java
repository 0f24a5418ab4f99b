package io.macula.runtime;

import io.macula.actors.link.Link;
import io.macula.actors.mesh.Way;
import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// One other node this one talks to, for people.
///
/// @param kind `gateway`, `node`, or `behind` for a peer that listens nowhere
/// @param path `direct`, `relayed` or `upgrading`
/// @param address where it is, as seen from here; empty without a link
/// @param roundTrip last measured, zero before the first
/// @param sentBytes bytes of frames since the link is up
public record PeerLine(NodeId node, String kind, String path, String address, Duration roundTrip,
        long sentBytes, long receivedBytes) {

    static PeerLine of(NodeId node, String kind, Way.Path path, Optional<Link> link) {
        return new PeerLine(node, kind, path.name().toLowerCase(Locale.ROOT),
                link.map(each -> address(each)).orElse(""),
                link.map(Link::roundTrip).orElse(Duration.ZERO),
                link.map(Link::sentBytes).orElse(0L),
                link.map(Link::receivedBytes).orElse(0L));
    }

    private static String address(Link link) {
        var remote = link.remoteAddress();
        return remote.getHostString() + ":" + remote.getPort();
    }
}
