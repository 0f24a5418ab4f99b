package io.macula.crdt;

import java.util.List;

/// All that a store knows of a range of dots: which of them it knows, and those that are live. The
/// others it knows are dead.
public record RangeState(DotRange range, DotSet known, List<Entry> entries) {

    public RangeState {
        entries = List.copyOf(entries);
        if (!DotSet.of(range).containsAll(known)) {
            throw new IllegalArgumentException("knows dots outside of " + range);
        }
        for (var entry : entries) {
            if (!known.contains(entry.dot())) {
                throw new IllegalArgumentException("has an entry it does not know: " + entry.dot());
            }
        }
    }
}
