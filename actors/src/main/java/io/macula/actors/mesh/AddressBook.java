package io.macula.actors.mesh;

import io.macula.actors.link.PeerAddress;
import io.macula.dht.NodeId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// Where nodes listen, as far as this node has heard: by their own word on a link, in a record they
/// signed, or from a neighbour that has them in its table. An address is a hint and no more, since
/// whoever dials it insists on the id.
///
/// Bounded: `nodesMax` nodes, those heard of longest ago go first, with [#ADDRESSES_MAX]
/// addresses each. Safe to use from any thread.
public final class AddressBook {

    /// Addresses kept of one node, the latest heard first.
    static final int ADDRESSES_MAX = 4;

    private final int nodesMax;
    private final LinkedHashMap<NodeId, SequencedSet<PeerAddress>> book = new LinkedHashMap<>();

    public AddressBook(int nodesMax) {
        this.nodesMax = nodesMax;
    }

    /// Notes where a node says that it listens.
    public synchronized void learn(NodeId node, String host, int port) {
        if (!isAddress(host, port)) {
            return;
        }
        var known = book.remove(node);
        var addresses = known == null ? new LinkedHashSet<PeerAddress>() : known;
        addresses.addFirst(new PeerAddress(node, host, port));
        if (addresses.size() > ADDRESSES_MAX) {
            addresses.removeLast();
        }
        book.putLast(node, addresses);
        if (book.size() > nodesMax) {
            book.pollFirstEntry();
        }
    }

    /// Notes where somebody else says that a node listens. It comes after what the node says itself,
    /// and takes the place of none of that.
    public synchronized void hint(NodeId node, String host, int port) {
        var known = book.get(node);
        if (known == null) {
            learn(node, host, port);
        } else if (known.size() < ADDRESSES_MAX && isAddress(host, port)) {
            known.add(new PeerAddress(node, host, port));
        }
    }

    private static boolean isAddress(String host, int port) {
        return !host.isBlank() && port >= 1 && port <= 65_535;
    }

    /// Where the node may be dialled, each address with the id it has to prove.
    public synchronized List<PeerAddress> of(NodeId node) {
        var known = book.get(node);
        return known == null ? List.of() : List.copyOf(known);
    }
}
