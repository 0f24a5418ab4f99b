package io.macula.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// What a mesh is made of.
///
/// @param memberPorts of the Cluster, by the nodes' numbers; empty without one
/// @param settings lines of `macula.conf` that win over those of the mesh
/// @param folder of all nodes
record Plan(int nodes, List<Integer> memberPorts, long seed, List<String> settings, Path folder) {

    /// A Cluster has no more.
    private static final int NODES_MAX = 10;

    private static final int PORTS_FROM = 12_000;
    private static final int PORTS_TO = 30_000;

    Plan {
        memberPorts = List.copyOf(memberPorts);
        settings = List.copyOf(settings);
    }

    /// @throws IllegalArgumentException
    ///             if there can be no such mesh
    static Plan of(MaculaMesh wanted, long seed, Path folder) {
        check(wanted.nodes());
        return new Plan(wanted.nodes(), wanted.cluster() ? freePorts(wanted.nodes()) : List.of(),
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

    /// Ports of loopback that nobody has just now: members have to be named before they are there. Below those that the
    /// kernel hands out to connections meanwhile.
    private static List<Integer> freePorts(int count) {
        var free = new LinkedHashSet<Integer>();
        while (free.size() < count) {
            var port = ThreadLocalRandom.current().nextInt(PORTS_FROM, PORTS_TO);
            if (isFree(port)) {
                free.add(port);
            }
        }
        return List.copyOf(free);
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
