package io.macula.it.faults;

import io.macula.it.Mesh;
import io.macula.runtime.MaculaNode;
import io.macula.runtime.Node;
import io.macula.supervision.ChildState;
import io.macula.supervision.TreePath;
import io.macula.supervision.testkit.Lab;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// A gateway and a peer, and everything in their trees crashed once, in an order drawn from a seed.
final class Mishaps implements AutoCloseable {

    private record Crash(int node, String path) {}

    private final long seed;
    private final List<Node> nodes;
    private final List<Lab> labs;
    private final List<Map<String, ChildState>> whole = new ArrayList<>();

    Mishaps(long seed) {
        this.seed = seed;
        var gateway = Mesh.gateway();
        this.nodes = List.of(gateway, Mesh.peerOf(gateway, "peer-" + seed));
        this.labs = nodes.stream().map(node -> joining(node, seed)).toList();
        labs.getLast().eventually("the peer is in", this::peerIsIn);
        labs.forEach(lab -> whole.add(states(lab)));
    }

    static Lab joining(Node node, long seed) {
        return Lab.joining(((MaculaNode) node).system(), seed);
    }

    private boolean peerIsIn() {
        var states = states(labs.getLast());
        return states.keySet().stream().anyMatch(path -> path.endsWith("/advertisement_manager"))
                && states.values().stream().allMatch(ChildState.RUNNING::equals)
                && nodes.getFirst().report().figures().getOrDefault("clients", 0L) == 1;
    }

    /// Every place of the lab's trees, with what is there.
    private static Map<String, ChildState> states(Lab lab) {
        var states = new TreeMap<String, ChildState>();
        lab.trees().forEach(tree -> collect(tree, TreePath.of(tree.id()), states));
        return states;
    }

    private static void collect(io.macula.supervision.Node place, TreePath path,
            Map<String, ChildState> states) {
        states.put(path.toString(), place.state());
        place.children().forEach(child -> collect(child, path.child(child.id()), states));
    }

    /// Crashes all there is but the roots; the tree is whole again each time, and in the end the two
    /// nodes are connected.
    ///
    /// @return how many were crashed
    int crashEverythingOnce() {
        var crashes = new ArrayList<Crash>();
        for (int node = 0; node < nodes.size(); node++) {
            for (var path : whole.get(node).keySet()) {
                if (path.contains("/")) {
                    crashes.add(new Crash(node, path));
                }
            }
        }
        Collections.shuffle(crashes, new Random(seed));
        crashes.forEach(this::crash);
        labs.getLast().eventually("the peer is in again", this::peerIsIn);
        return crashes.size();
    }

    private void crash(Crash crash) {
        var lab = labs.get(crash.node());
        var before = new HashMap<>(whole.get(crash.node()));
        lab.mark();
        lab.crash(crash.path());
        lab.restarted(crash.path());
        lab.eventually("the tree is whole after " + crash.path(),
                () -> states(lab).equals(before));
        lab.expectWhole();
    }

    @Override
    public void close() {
        labs.forEach(Lab::close);
        nodes.reversed().forEach(Node::close);
    }
}
