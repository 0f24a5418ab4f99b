package io.macula.supervision.scenario;

import java.util.List;

/// A declared tree, what is done to it, and the trace it should give.
///
/// @param lines the stimuli as they stood in the file
/// @param expected the recorded trace; empty when none was recorded
public record Scenario(String name, List<String> lines, Declaration declaration,
        List<Stimulus> stimuli,
        List<String> expected) {

    public Scenario {
        lines = List.copyOf(lines);
        stimuli = List.copyOf(stimuli);
        expected = List.copyOf(expected);
    }
}
