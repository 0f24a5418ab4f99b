package io.macula.it.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
        long invokedBefore = Long.MIN_VALUE;
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
            if (returned < invokedBefore) {
                violations.add("one of an earlier generation came after " + generation);
            }
            invokedBefore = Math.max(invokedBefore, invoked);
        }
        if (missing > unknown) {
            violations.add(missing + " are missing, and only " + unknown + " do not know");
        }
        return violations;
    }
}
