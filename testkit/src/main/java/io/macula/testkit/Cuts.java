package io.macula.testkit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Which nodes cannot hear each other. A value.
///
/// @param pairs cut from each other
/// @param killed cut from everybody, themselves too
record Cuts(Set<Pair> pairs, Set<Integer> killed) {

    static final Cuts NONE = new Cuts(Set.of(), Set.of());

    /// Two nodes, the lower number first.
    record Pair(int low, int high) implements Comparable<Pair> {

        static Pair of(int one, int other) {
            return new Pair(Math.min(one, other), Math.max(one, other));
        }

        @Override
        public int compareTo(Pair other) {
            return low != other.low
                    ? Integer.compare(low, other.low)
                    : Integer.compare(high, other.high);
        }

        @Override
        public String toString() {
            return low + "-" + high;
        }
    }

    Cuts {
        pairs = Set.copyOf(pairs);
        killed = Set.copyOf(killed);
    }

    /// Cuts each node of a side from each node of the other ones; what is cut already stays so.
    Cuts between(List<Side> sides) {
        if (sides.size() < 2) {
            throw new IllegalArgumentException("a partition has at least two sides, not "
                    + sides.size());
        }
        var cut = new HashSet<>(pairs);
        var placed = new ArrayList<Integer>();
        for (var side : sides) {
            for (var node : side.nodes()) {
                if (placed.contains(node)) {
                    throw new IllegalArgumentException("node " + node + " is on two sides");
                }
                placed.forEach(other -> cut.add(Pair.of(node, other)));
            }
            placed.addAll(side.nodes());
        }
        return new Cuts(cut, killed);
    }

    /// Nobody is cut but who was killed.
    Cuts healed() {
        return new Cuts(Set.of(), killed);
    }

    Cuts killed(int node) {
        var more = new HashSet<>(killed);
        more.add(node);
        return new Cuts(pairs, more);
    }

    /// All of the first so many are killed.
    Cuts allKilled(int nodes) {
        return new Cuts(pairs, IntStream.range(0, nodes).boxed().collect(Collectors.toSet()));
    }

    Cuts alive(int node) {
        var fewer = new HashSet<>(killed);
        fewer.remove(node);
        return new Cuts(pairs, fewer);
    }

    boolean isKilled(int node) {
        return killed.contains(node);
    }

    boolean isCut(int from, int to) {
        return isKilled(from) || isKilled(to) || pairs.contains(Pair.of(from, to));
    }

    @Override
    public String toString() {
        var said = new ArrayList<String>();
        if (!pairs.isEmpty()) {
            said.add("cut: " + new TreeSet<>(pairs).stream()
                    .map(Pair::toString)
                    .collect(Collectors.joining(", ")));
        }
        if (!killed.isEmpty()) {
            said.add("killed: " + new TreeSet<>(killed).stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ")));
        }
        return said.isEmpty() ? "nothing is cut" : String.join("; ", said);
    }
}
