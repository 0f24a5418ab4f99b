package io.macula.testkit;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The nodes on one side of a partition, by their numbers. Made by [Mesh#side].
public record Side(Set<Integer> nodes) {

    public Side {
        nodes = Set.copyOf(nodes);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("a side of a partition has at least one node");
        }
    }

    @Override
    public String toString() {
        return new TreeSet<>(nodes).stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
