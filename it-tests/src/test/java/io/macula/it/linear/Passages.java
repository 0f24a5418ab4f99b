package io.macula.it.linear;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a barrier promises, checked directly because its calls take effect together: all who passed in one
/// generation were there at the same time, they are as many as they agreed on, and generations grow.
final class Passages {

    /// One client's passage.
    record Passage(long generation, long invoked, long returned) {}

    private Passages() {}

    /// One sentence for each breach.
    ///
    /// @param unknown
    ///            how many clients do not know whether they passed
    static List<String> violations(List<Passage> passages, int parties, int unknown) {
        Map<Long, List<Passage>> generations = new TreeMap<>();
        passages.forEach(passage -> generations
                .computeIfAbsent(passage.generation(), _ -> new ArrayList<>())
                .add(passage));
        var violations = new ArrayList<String>();
        long missing = 0;
        @Nullable Passage last = null;
        for (var generation : generations.values()) {
            long invoked = generation.stream().mapToLong(Passage::invoked).max().orElseThrow();
            long returned = generation.stream().mapToLong(Passage::returned).min().orElseThrow();
            if (invoked > returned) {
                violations.add("one left before another came: " + generation);
            }
            if (generation.size() > parties) {
                violations.add("more than " + parties + " passed: " + generation);
            }
            missing += Math.max(0, parties - generation.size());
            if (last != null && returned < last.invoked()) {
                violations.add(last + " came after " + generation);
            }
            last = later(last, generation);
        }
        if (missing > unknown) {
            violations.add(missing + " are missing, and only " + unknown + " do not know");
        }
        return violations;
    }

    /// Who came last of all so far.
    private static Passage later(@Nullable Passage last, List<Passage> generation) {
        var latest = Collections.max(generation, Comparator.comparingLong(Passage::invoked));
        return last == null || latest.invoked() > last.invoked() ? latest : last;
    }
}
