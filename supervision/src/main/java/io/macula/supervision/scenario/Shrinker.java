package io.macula.supervision.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes a scenario that shows a fault as short as it can be and still show it.
public final class Shrinker {

    /// Whether a scenario still shows the fault. May be called many times.
    @FunctionalInterface
    public interface Fault {
        boolean shownBy(Scenario scenario) throws InterruptedException;
    }

    private Shrinker() {}

    /// The smallest scenario found by leaving out runs of lines, halves first, then single ones; the
    /// recorded trace is dropped. Every line left is needed.
    public static Scenario shrink(Scenario scenario, Fault fault) throws InterruptedException {
        var best = scenario;
        for (int size = Math.max(1, scenario.lines().size() / 2); size >= 1;) {
            var smaller = withoutSome(best, size, fault);
            if (smaller.isPresent()) {
                best = smaller.get();
            } else {
                size /= 2;
            }
        }
        return best;
    }

    private static Optional<Scenario> withoutSome(Scenario scenario, int size, Fault fault)
            throws InterruptedException {
        for (int from = scenario.lines().size() - size; from >= 0; from--) {
            var lines = new ArrayList<>(scenario.lines());
            lines.subList(from, from + size).clear();
            var smaller = parsed(scenario.name(), lines);
            if (smaller.isPresent() && fault.shownBy(smaller.get())) {
                return smaller;
            }
        }
        return Optional.empty();
    }

    private static Optional<Scenario> parsed(String name, List<String> lines) {
        var text = new ArrayList<String>();
        text.add("== " + name);
        text.addAll(lines);
        try {
            return Optional.of(ScenarioFile.parse(text).getFirst());
        } catch (ScenarioFormatException torn) {
            return Optional.empty();
        }
    }
}
