package io.macula.actors.mesh;

import io.macula.actors.link.Link;
import io.macula.dht.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// The nodes this one has a link to, whoever dialled, and which of them relay for others. Only nodes
/// that say where they listen are neighbours; a peer that does not hangs on its gateway.
///
/// Belongs to the node and is written by the transport, so that it is right while processes
/// restart. Bounded by the number of links. Safe to use from any thread.
public final class Neighbours {

    private final ConcurrentHashMap<NodeId, CopyOnWriteArrayList<Link>> links = new ConcurrentHashMap<>();
    private volatile Set<NodeId> relays = Set.of();
    private final NodeId self;
    private final int relaysMax;
    private volatile Runnable whenChanged = () -> {};

    /// @param relaysMax gateways remembered at once
    public Neighbours(NodeId self, int relaysMax) {
        this.self = self;
        this.relaysMax = relaysMax;
    }

    /// From now on `told` runs when a link came or went, on threads of the transport.
    public void whenChanged(Runnable told) {
        whenChanged = told;
    }

    /// A link came up.
    void up(Link link) {
        links.compute(link.peer(), (_, known) -> {
            var all = known == null ? new CopyOnWriteArrayList<Link>() : known;
            all.addFirst(link);
            return all;
        });
        if (link.isClosed()) {
            down(link);
        }
        whenChanged.run();
    }

    /// A link is gone.
    void down(Link link) {
        links.computeIfPresent(link.peer(), (_, known) -> {
            known.remove(link);
            return known.isEmpty() ? null : known;
        });
        whenChanged.run();
    }

    /// These nodes relay for others, as far as is known; of more than may be remembered the first.
    public void relaysAre(Collection<NodeId> gateways) {
        var known = new LinkedHashSet<>(gateways);
        known.remove(self);
        while (known.size() > relaysMax) {
            known.removeLast();
        }
        relays = Set.copyOf(known);
    }

    public boolean isRelay(NodeId node) {
        return relays.contains(node);
    }

    /// The gateways there is a link to, over which this node can be reached.
    public List<NodeId> linkedRelays() {
        return relays.stream().filter(links::containsKey).sorted().toList();
    }

    /// A link to the node over which new traffic may go: one that is not suspect.
    public Optional<Link> direct(NodeId node) {
        for (var link : linksTo(node)) {
            if (!link.isSuspect() && !link.isClosed()) {
                return Optional.of(link);
            }
        }
        return Optional.empty();
    }

    /// A sound link to the node that the node itself dialled.
    Optional<Link> accepted(NodeId node) {
        return sound(node).filter(link -> !link.isDialler()).findFirst();
    }

    /// Any link to the node, in doubt or not.
    public Optional<Link> any(NodeId node) {
        return direct(node).or(
                () -> linksTo(node).stream().filter(link -> !link.isClosed()).findFirst());
    }

    private Stream<Link> sound(NodeId node) {
        return linksTo(node).stream().filter(link -> !link.isSuspect() && !link.isClosed());
    }

    private List<Link> linksTo(NodeId node) {
        var known = links.get(node);
        return known == null ? List.of() : known;
    }

    /// The link to a gateway that is to carry what is for `destination`: one of `preferred` if there
    /// is a sound link to it, else the gateway nearest to the destination.
    public Optional<Link> relayTo(NodeId destination, List<NodeId> preferred) {
        for (var gateway : preferred) {
            var link = gateway.equals(destination) ? Optional.<Link>empty() : direct(gateway);
            if (link.isPresent()) {
                return link;
            }
        }
        return nearest(destination, relays).filter(link -> !link.peer().equals(destination));
    }

    /// The next hop of what this node relays: the gateway nearest to the destination, if it is
    /// nearer than this node and not the one it came from.
    public Optional<Link> nextHop(NodeId destination, NodeId cameFrom) {
        return nearest(destination, relays)
                .filter(link -> !link.peer().equals(cameFrom))
                .filter(link -> destination.compareDistance(link.peer(), self) < 0);
    }

    private Optional<Link> nearest(NodeId destination, Set<NodeId> among) {
        return among.stream()
                .sorted((a, b) -> destination.compareDistance(a, b))
                .flatMap(gateway -> direct(gateway).stream())
                .findFirst();
    }

    /// One link to each neighbour, the best there is.
    public List<Link> all() {
        var best = new ArrayList<Link>(links.size());
        for (var node : links.keySet()) {
            any(node).ifPresent(best::add);
        }
        return best;
    }

    /// The nodes there is a link to.
    public Set<NodeId> nodes() {
        return Set.copyOf(links.keySet());
    }

    public boolean isEmpty() {
        return links.isEmpty();
    }

    public int count() {
        return links.size();
    }
}
