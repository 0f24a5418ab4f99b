package io.macula.supervision.scenario;

import java.util.List;
import java.util.Optional;

/// What a scenario gave.
///
/// @param trace the lines, as recorded traces have them
/// @param overdue empty, or every thread's stack when the time limit passed
public record Outcome(Scenario scenario, List<String> trace, List<String> overdue) {

    public Outcome {
        trace = List.copyOf(trace);
        overdue = List.copyOf(overdue);
    }

    /// Where the trace departs from the recorded one.
    public record Difference(int line, String expected, String actual) {}

    /// The first line that differs from the recorded trace; empty when both are equal or none was
    /// recorded. A missing line reads `(end)`.
    public Optional<Difference> firstDifference() {
        var expected = scenario.expected();
        if (expected.isEmpty() && overdue.isEmpty()) {
            return Optional.empty();
        }
        var left = Traces.comparable(scenario, expected);
        var right = Traces.comparable(scenario, trace);
        for (int index = 0; index < Math.max(left.size(), right.size()); index++) {
            var wanted = index < left.size() ? left.get(index) : "(end)";
            var got = index < right.size() ? right.get(index) : "(end)";
            if (!wanted.equals(got)) {
                return Optional.of(new Difference(index + 1, wanted, got));
            }
        }
        return overdue.isEmpty()
                ? Optional.empty()
                : Optional.of(new Difference(right.size() + 1, "(end)", "(time limit passed)"));
    }

    public boolean isEqual() {
        return firstDifference().isEmpty();
    }
}
