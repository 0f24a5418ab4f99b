package io.macula.crdt;

import java.util.List;
import java.util.Optional;

/// How counters keep their totals: every replica has one entry with all it counted so far, and
/// replaces it at each change.
///
/// It replaces its entry only while it knows every dot of its own since. A replica that crashed and
/// forgot its last changes has a gap there; a forgotten change may live on elsewhere, so it starts
/// a second entry and nothing is counted twice or lost.
final class Tallies {

    private Tallies() {}

    /// The entry that a change at `dot` may replace.
    static Optional<Entry> own(Causal state, Dot dot) {
        Entry own = null;
        for (var entry : state.leaves().at(Bytes.EMPTY)) {
            if (entry.replica().equals(dot.replica()) && (own == null || entry.n() > own.n())
                    && isSeamless(state, entry, dot)) {
                own = entry;
            }
        }
        return Optional.ofNullable(own);
    }

    static boolean isSeamless(Causal state, Entry entry, Dot dot) {
        return entry.n() < dot.n() && (entry.n() == dot.n() - 1
                || state.known().containsAll(new DotRange(dot.replica(), entry.n(), dot.n() - 1)));
    }

    /// The delta that counts `up` and `down` on top of what `dot`'s replica counted before.
    static Causal count(Causal state, Dot dot, long up, long down) {
        var own = own(state, dot);
        var before = own.map(Tallies::tally).orElse(new Leaf.Tally(dot.n(), 0, 0));
        var after = plus(before, up, down);
        return state.write(dot, Bytes.EMPTY, after, own.stream().toList());
    }

    static Leaf.Tally plus(Leaf.Tally before, long up, long down) {
        return new Leaf.Tally(before.since(), Math.addExact(before.up(), up),
                Math.addExact(before.down(), down));
    }

    /// All ups less all downs. Wraps around beyond 64 bits.
    static long total(List<Entry> entries) {
        long total = 0;
        for (var entry : current(entries)) {
            var tally = tally(entry);
            total += tally.up() - tally.down();
        }
        return total;
    }

    /// Without those that a later one holds already. There are such ones for a moment when entries
    /// arrive one by one.
    static List<Entry> current(List<Entry> entries) {
        return entries.size() < 2
                ? entries
                : entries.stream().filter(entry -> !isOvertaken(entry, entries)).toList();
    }

    private static boolean isOvertaken(Entry entry, List<Entry> entries) {
        for (var later : entries) {
            if (later.n() > entry.n() && later.replica().equals(entry.replica())
                    && tally(later).since() == tally(entry).since()) {
                return true;
            }
        }
        return false;
    }

    static Leaf.Tally tally(Entry entry) {
        return switch (entry.leaf()) {
            case Leaf.Tally tally -> tally;
            case Leaf.Escrow(var tally, _) -> tally;
            case Leaf.Presence _,Leaf.Assigned _ ->
                throw new IllegalStateException("no counter: " + entry);
        };
    }

    static void requirePositive(long amount) {
        if (amount < 1) {
            throw new IllegalArgumentException("an amount is 1 or more, not " + amount);
        }
    }
}
