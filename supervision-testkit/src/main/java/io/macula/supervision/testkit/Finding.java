package io.macula.supervision.testkit;

import java.util.ArrayList;
import java.util.List;

/// A schedule of faults that breaks an invariant.
///
/// @param invariant its name
/// @param sentence how it is broken
/// @param seed of the run
/// @param isOurs the lab started the tree; otherwise the explorer was given the labs
/// @param schedule what was done in the run that found it
/// @param shrunk the shortest schedule found that still breaks it
/// @param report what happened with that one, and the tree
public record Finding(String invariant, String sentence, long seed, boolean isOurs,
        List<Act> schedule, List<Act> shrunk, String report) {

    public Finding {
        schedule = List.copyOf(schedule);
        shrunk = List.copyOf(shrunk);
    }

    /// For people: the schedule as a test that shows the fault again.
    public String text() {
        var code = new ArrayList<String>();
        if (isOurs) {
            code.add("try (var lab = Lab.withManualTime(" + seed + "L)) {");
            code.add("    var tree = lab.start(spec);");
        } else {
            code.add("try (var lab = labs.apply(" + seed + "L)) {");
        }
        shrunk.forEach(act -> code.add("    " + act.code()));
        code.add("    lab.heal();");
        if (isOurs) {
            code.add("    lab.timePasses(Duration.ofMinutes(1));");
        }
        code.add("}");
        return """
            broken: %s
              %s
            seed %d, %d acts, shrunk to %d:

              %s

            %s""".formatted(invariant, sentence, seed, schedule.size(), shrunk.size(),
                String.join("\n  ", code), report);
    }
}
