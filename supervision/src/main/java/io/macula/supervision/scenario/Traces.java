package io.macula.supervision.scenario;

import io.macula.supervision.Strategy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Compares traces only as far as their order is defined.
final class Traces {

    private Traces() {}

    /// The lines as they are, except that deaths and starts between two answers are a partial order
    /// where a burst or a dynamic supervisor is involved: only each child's own lines keep their order.
    static List<String> comparable(Scenario scenario, List<String> trace) {
        if (!isPartlyOrdered(scenario)) {
            return trace;
        }
        var lines = new ArrayList<String>(trace.size());
        var block = new ArrayList<String>();
        for (var line : trace) {
            if (isEvent(line)) {
                block.add(line);
            } else {
                flush(block, lines);
                lines.add(line);
            }
        }
        flush(block, lines);
        return lines;
    }

    private static void flush(List<String> block, List<String> lines) {
        block.sort(Comparator.comparing(Traces::child));
        lines.addAll(block);
        block.clear();
    }

    private static boolean isEvent(String line) {
        return !line.contains("->")
                && (line.startsWith("start ") || line.startsWith("exit ")
                        || line.startsWith("startfail "));
    }

    private static String child(String line) {
        return line.split("[ #]", -1)[1];
    }

    private static boolean isPartlyOrdered(Scenario scenario) {
        return Cast.places(scenario.declaration())
                .values()
                .stream()
                .anyMatch(place -> place.declaration().strategy() == Strategy.DYNAMIC)
                || scenario.stimuli().stream().anyMatch(Stimulus.Burst.class::isInstance);
    }
}
