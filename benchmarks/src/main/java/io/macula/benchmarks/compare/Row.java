package io.macula.benchmarks.compare;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// One line of a comparison: ours, each peer's, and the goal.
///
/// @param peers by name; a peer that was not measured is missing
/// @param unreached why, for each peer that did not get there in the time it had
public record Row(String name, String unit, Samples ours, Map<String, Samples> peers, Goal goal,
        Map<String, String> unreached) {

    public Row {
        peers = Map.copyOf(peers);
        unreached = Map.copyOf(unreached);
    }

    /// One in which everybody that was asked got there.
    public Row(String name, String unit, Samples ours, Map<String, Samples> peers, Goal goal) {
        this(name, unit, ours, peers, goal, Map.of());
    }

    /// Median of ours to median of the peer's.
    OptionalDouble ratio(String peer) {
        var theirs = peers.get(peer);
        return theirs == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(ours.median() / theirs.median());
    }

    Map<String, Double> ratios() {
        var ratios = new TreeMap<String, Double>();
        peers.forEach((name, theirs) -> ratios.put(name, ours.median() / theirs.median()));
        return ratios;
    }

    public Goal.Verdict verdict() {
        return goal.judge(ours.median(), this::ratio);
    }
}
