package io.macula.actors.mesh;

import io.macula.actors.dht.Provider;
import io.macula.dht.NodeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Whom a node connects to so that it hangs on no single other one: two gateways, and then any nodes
/// of its realm until it has enough links. Pure.
///
/// @param gatewaysWanted links to gateways that are kept up
/// @param linksWanted links to nodes of any kind that are kept up
public record Seeking(int gatewaysWanted, int linksWanted) {

    /// The nodes to dial now.
    ///
    /// @param linked the nodes there is a link to
    /// @param gateways the gateways of the realm, as far as is known
    /// @param peers the nodes of the realm, as far as is known
    public List<NodeId> missing(NodeId self, Set<NodeId> linked, List<Provider> gateways,
            List<Provider> peers, RandomGenerator random) {
        var wanted = new ArrayList<NodeId>();
        var taken = new HashSet<>(linked);
        taken.add(self);
        var linkedGateways = (int) gateways.stream()
                .filter(each -> linked.contains(each.node()))
                .count();
        pick(gateways, gatewaysWanted - linkedGateways, taken, wanted, random);
        pick(peers, linksWanted - linked.size() - wanted.size(), taken, wanted, random);
        return wanted;
    }

    private static void pick(List<Provider> from, int count, Set<NodeId> taken,
            List<NodeId> wanted, RandomGenerator random) {
        var left = new ArrayList<>(from.stream()
                .map(Provider::node)
                .filter(node -> !taken.contains(node))
                .distinct()
                .toList());
        for (var more = count; more > 0 && !left.isEmpty(); more--) {
            var node = left.remove(random.nextInt(left.size()));
            taken.add(node);
            wanted.add(node);
        }
    }
}
