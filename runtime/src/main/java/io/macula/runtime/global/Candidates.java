package io.macula.runtime.global;

import io.macula.actors.services.RegistryNames;
import io.macula.crdt.Bytes;
import io.macula.crdt.Edit;
import io.macula.crdt.OrMap;
import io.macula.dht.NodeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Who stands in elections without a quorum, kept as a set for each in shared state, and who leads by that.
/// Pure.
final class Candidates {

    private static final String PREFIX = RegistryNames.PREFIX + "candidates/";

    private Candidates() {}

    /// The candidate who leads: of those that can be reached the one with the least hash of election and
    /// id (rendezvous hashing, Thaler and Ravishankar 1998), so that elections spread over the nodes.
    static Optional<NodeId> leader(OrMap root, String election, Set<NodeId> reachable) {
        return root.set(PREFIX + election)
                .elements()
                .stream()
                .flatMap(element -> NodeId.parse(element.text()).stream())
                .filter(reachable::contains)
                .min(Comparator.comparingLong((NodeId node) -> weight(election, node))
                        .thenComparing(NodeId::hex));
    }

    private static long weight(String election, NodeId node) {
        try {
            var hash = MessageDigest.getInstance("SHA-256")
                    .digest((election + "\n" + node.hex()).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /// The elections that `self` stands in as far as shared state says. Costs the number of all values.
    static Set<String> standsIn(OrMap root, NodeId self) {
        var prefix = Bytes.utf8(PREFIX);
        return root.names()
                .stream()
                .filter(name -> name.startsWith(prefix))
                .map(Bytes::text)
                .filter(name -> root.set(name).contains(self.hex()))
                .map(name -> name.substring(PREFIX.length()))
                .collect(Collectors.toSet());
    }

    /// What makes shared state say that `self` stands in `elections`, and in none of the others it may
    /// stand in.
    static List<Edit> own(OrMap root, NodeId self, Set<String> elections, Set<String> standsIn) {
        var hex = self.hex();
        var edits = new ArrayList<Edit>();
        for (var election : elections) {
            var name = PREFIX + election;
            if (!root.set(name).contains(hex)) {
                edits.add((now, tick) -> now.set(name).add(tick.dot(), hex));
            }
        }
        for (var election : standsIn) {
            var name = PREFIX + election;
            if (!elections.contains(election) && root.set(name).contains(hex)) {
                edits.add((now, _) -> now.set(name).remove(hex));
            }
        }
        return edits;
    }
}
