package io.macula.benchmarks.compare;

import java.util.ArrayList;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a median has to reach: a bound of its own, and for each peer named here a ratio of ours to
/// the peer's. A goal that names nothing only informs. A peer that was not measured is not judged.
///
/// @param ratios by the peer's name; at least that when more is better, at most when less is
public record Goal(Better better, @Nullable Double bound, Map<String, Double> ratios) {

    public enum Better {
        MORE("at least"), LESS("at most");

        private final String words;

        Better(String words) {
            this.words = words;
        }

        boolean holds(double value, double limit) {
            return this == MORE ? value >= limit : value <= limit;
        }
    }

    public enum Verdict {
        MET, MISSED,
        /// There is a goal, but no peer that it names was measured.
        SKIPPED,
        /// There is no goal.
        NONE
    }

    public Goal {
        ratios = Map.copyOf(ratios);
    }

    /// No goal: the number is of interest beside the others.
    public static Goal none(Better better) {
        return new Goal(better, null, Map.of());
    }

    public static Goal atLeast(double bound) {
        return new Goal(Better.MORE, bound, Map.of());
    }

    public static Goal atMost(double bound) {
        return new Goal(Better.LESS, bound, Map.of());
    }

    /// Also `ratio` times the number of `peer`.
    public Goal times(double ratio, String peer) {
        var more = new TreeMap<>(ratios);
        more.put(peer, ratio);
        return new Goal(better, bound, more);
    }

    /// @param ratio ours to a peer's, empty when the peer was not measured
    Verdict judge(double ours, Function<String, OptionalDouble> ratio) {
        if (bound == null && ratios.isEmpty()) {
            return Verdict.NONE;
        }
        boolean met = bound == null || better.holds(ours, bound);
        int judged = bound == null ? 0 : 1;
        for (var wanted : ratios.entrySet()) {
            var measured = ratio.apply(wanted.getKey());
            if (measured.isPresent()) {
                judged++;
                met &= better.holds(measured.getAsDouble(), wanted.getValue());
            }
        }
        if (judged == 0) {
            return Verdict.SKIPPED;
        }
        return met ? Verdict.MET : Verdict.MISSED;
    }

    /// For people: `at least 100,000 and 1.00 x otp`.
    String text() {
        var parts = new ArrayList<String>();
        if (bound != null) {
            parts.add(Figures.text(bound));
        }
        parts.addAll(new TreeMap<>(ratios).entrySet()
                .stream()
                .map(entry -> Figures.ratio(entry.getValue()) + " x " + entry.getKey())
                .toList());
        return parts.isEmpty()
                ? "-"
                : better.words + " " + parts.stream().collect(Collectors.joining(" and "));
    }
}
