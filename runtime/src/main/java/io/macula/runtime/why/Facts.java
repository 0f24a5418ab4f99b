package io.macula.runtime.why;

import io.macula.actors.mesh.Way;
import io.macula.dht.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the node that is asked has found out.
///
/// @param self
///            that node
/// @param links
///            to others, that are up
/// @param wantsLinks
///            whether it was told to dial somebody
/// @param refusals
///            why dials failed, each one sentence
/// @param asked
///            other nodes that said what they know
/// @param standings
///            all that were found, on this node and the others
/// @param similar
///            names on those nodes that are nearly the one that is asked about
/// @param isInDht
///            whether it takes part in the DHT, so that it can look there
/// @param recorded
///            the nodes whose records the DHT gives for the name
/// @param paths
///            to nodes with standings, as far as there are any
public record Facts(NodeId self, String realm, int links, boolean wantsLinks,
        List<String> refusals, int asked, List<Standing> standings, List<String> similar,
        boolean isInDht, Set<NodeId> recorded, Map<NodeId, Way.Path> paths) {

    public Facts {
        refusals = List.copyOf(refusals);
        standings = List.copyOf(standings);
        similar = List.copyOf(similar);
        recorded = Set.copyOf(recorded);
        paths = Map.copyOf(paths);
    }

    /// The other nodes that have a part in it.
    List<NodeId> elsewhere() {
        return standings.stream()
                .filter(Standing::isReady)
                .map(Standing::place)
                .filter(node -> !node.equals(self))
                .distinct()
                .toList();
    }
}
