package io.macula.it.soak;

import io.macula.runtime.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/// Crashes processes picked at random, but none whose supervisor has fewer than a few restarts of
/// its window left.
final class Crasher {

    /// A crash that happened.
    ///
    /// @param node 0 is the gateway, 1 and up are the peers
    record Crash(int node, String path, long atNanos) {}

    /// Restarts that every supervisor keeps.
    static final int RESTARTS_LEFT = 3;

    private record Place(int node, String path) {}

    private final List<Node> nodes;
    private final Random random;
    private final List<Crash> crashes = new CopyOnWriteArrayList<>();

    Crasher(List<Node> nodes, long seed) {
        this.nodes = List.copyOf(nodes);
        this.random = new Random(seed);
    }

    /// Crashes one process, if there is one that may be.
    void crashOne() {
        var places = new ArrayList<Place>();
        for (var node = 0; node < nodes.size(); node++) {
            for (var tree : nodes.get(node).trees()) {
                collect(node, tree, "", places);
            }
        }
        if (!places.isEmpty()) {
            var place = places.get(random.nextInt(places.size()));
            crash(place.node(), place.path());
        }
    }

    void crash(int node, String path) {
        if (nodes.get(node).crash(path)) {
            crashes.add(new Crash(node, path, System.nanoTime()));
        }
    }

    private static void collect(int node, io.macula.supervision.Node place, String above,
            List<Place> places) {
        var path = above.isEmpty() ? place.id() : above + "/" + place.id();
        var limits = place.limits();
        if (limits == null) {
            return;
        }
        var room = limits.restarts() < limits.limit() - RESTARTS_LEFT;
        for (var child : place.children()) {
            if (!child.isSupervisor() && room) {
                places.add(new Place(node, path + "/" + child.id()));
            }
            collect(node, child, path, places);
        }
    }

    List<Crash> crashes() {
        return List.copyOf(crashes);
    }

    /// True when one of `path`'s nodes crashed within `windowNanos` of `atNanos`.
    boolean explains(List<Integer> onPath, long atNanos, long windowNanos) {
        return crashes.stream()
                .anyMatch(crash -> onPath.contains(crash.node())
                        && Math.abs(crash.atNanos() - atNanos) <= windowNanos);
    }
}
