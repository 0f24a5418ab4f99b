package io.macula.testkit;

import io.macula.runtime.FreePorts;
import java.nio.file.Path;
import java.util.List;

/// What a mesh is made of.
///
/// @param memberPorts of the Cluster, by the nodes' numbers; empty without one
/// @param settings lines of `macula.conf` that win over those of the mesh
/// @param folder of all nodes
record Plan(int nodes, List<Integer> memberPorts, long seed, List<String> settings, Path folder) {

    /// A Cluster has no more.
    private static final int NODES_MAX = 10;

    Plan {
        memberPorts = List.copyOf(memberPorts);
        settings = List.copyOf(settings);
    }

    /// @throws IllegalArgumentException
    ///             if there can be no such mesh
    static Plan of(MaculaMesh wanted, long seed, Path folder) {
        check(wanted.nodes());
        return new Plan(wanted.nodes(),
                wanted.cluster() ? FreePorts.take(wanted.nodes()) : List.of(),
                seed, List.of(wanted.settings()), folder);
    }

    static void check(int nodes) {
        if (nodes < 1 || nodes > NODES_MAX) {
            throw new IllegalArgumentException(
                    "a mesh has 1 to " + NODES_MAX + " nodes, not " + nodes);
        }
    }

    boolean isCluster() {
        return !memberPorts.isEmpty();
    }

    /// How many of the nodes come to vote.
    int voters() {
        return nodes >= 5 ? 5 : nodes >= 3 ? 3 : 1;
    }
}
