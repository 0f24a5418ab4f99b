package io.macula.benchmarks.traffic;

import java.util.List;

/// Who talks to whom in a run, and what is measured in it one after the other.
///
/// @param nodes on how many nodes the subscribers live; 0 for the node that speaks
/// @param relayed whether our nodes have no direct link
public record Scene(int subscribers, int nodes, boolean relayed, List<String> measurements) {

    public static final String THROUGHPUT = "throughput";

    public Scene {
        measurements = List.copyOf(measurements);
    }

    /// One that speaks to one that hears.
    public static Scene pair(String... measurements) {
        return new Scene(1, 1, false, List.of(measurements));
    }

    /// One node that speaks to itself.
    public static Scene alone(String... measurements) {
        return new Scene(1, 0, false, List.of(measurements));
    }

    /// The same through a gateway.
    public static Scene relayed(String... measurements) {
        return new Scene(1, 1, true, List.of(measurements));
    }

    /// One that speaks to several.
    public static Scene fan(int subscribers, int nodes) {
        return new Scene(subscribers, nodes, false, List.of(THROUGHPUT));
    }

    /// So many calls under way.
    public static String calls(int outstanding) {
        return "calls " + outstanding;
    }

    /// So many publishes a second.
    public static String timed(int perSecond) {
        return "timed " + perSecond;
    }
}
