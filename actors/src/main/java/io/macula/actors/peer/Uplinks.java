package io.macula.actors.peer;

import io.macula.actors.link.Link;
import io.macula.actors.link.PeerAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// All wanted peers of this node. Safe to use from any thread; bounded by `peersMax`.
public final class Uplinks {

    private final int peersMax;
    private final CopyOnWriteArrayList<Uplink> uplinks = new CopyOnWriteArrayList<>();

    public Uplinks(int peersMax) {
        this.peersMax = peersMax;
    }

    /// Wants a peer. The same uplink when it is wanted already; empty when there are too many, or
    /// when another id is expected at the same place.
    public synchronized Optional<Uplink> want(PeerAddress address) {
        var known = uplinks.stream()
                .filter(uplink -> uplink.address().hostPort().equals(address.hostPort()))
                .findAny();
        if (known.isPresent()) {
            return known.filter(uplink -> uplink.address().equals(address));
        }
        if (uplinks.size() >= peersMax) {
            return Optional.empty();
        }
        var uplink = new Uplink(address);
        uplinks.add(uplink);
        return Optional.of(uplink);
    }

    public List<Uplink> all() {
        return List.copyOf(uplinks);
    }

    /// The links that are up, those beyond suspicion first.
    public List<Link> up() {
        var sound = new ArrayList<Link>(uplinks.size());
        var suspect = new ArrayList<Link>();
        for (var uplink : uplinks) {
            uplink.link().ifPresent(link -> (link.isSuspect() ? suspect : sound).add(link));
        }
        sound.addAll(suspect);
        return sound;
    }
}
