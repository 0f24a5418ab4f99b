package io.macula.crdt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/// All values of one node: a map of values whose changes share one numbering, so that one small set
/// of dots says what the node has.
///
/// `seen` are the changes applied in full. `known` are the dots whose fate is known; it is larger
/// while a removal came before what it removes. The live entries are always: those put by the
/// changes seen, less those removed by any of them.
public final class Store {

    public static final Store EMPTY = new Store(Causal.empty(Type.OR_MAP), DotSet.EMPTY);

    private final Causal state;
    private final DotSet seen;

    private Store(Causal state, DotSet seen) {
        this.state = state;
        this.seen = seen;
    }

    /// What was stored: live entries and the two sets. Anything inconsistent is a bug or a broken
    /// disk.
    public static Store restored(List<Entry> entries, DotSet seen, DotSet known) {
        var state = Causal.empty(Type.OR_MAP).knowing(known.union(seen));
        for (var entry : entries) {
            if (!state.known().contains(entry.dot())) {
                throw new IllegalArgumentException("an entry with an unknown dot: " + entry.dot());
            }
            state = state.plus(entry);
        }
        return new Store(state, seen);
    }

    /// What one step did.
    ///
    /// @param added
    ///            entries that came to life
    /// @param removed
    ///            entries that died
    public record Applied(Store next, List<Entry> added, List<Entry> removed,
            List<Difference> differences) {}

    public OrMap root() {
        return new OrMap(state);
    }

    public DotSet seen() {
        return seen;
    }

    public DotSet known() {
        return state.known();
    }

    /// How many entries are live.
    public int size() {
        return state.live().size();
    }

    public LongTrie.Sum sum() {
        return state.live().sum();
    }

    public LongTrie.Sum sum(DotRange range) {
        return state.live().sum(range);
    }

    /// All live entries in the order of their dots.
    public List<Entry> entries() {
        return state.live().entries();
    }

    public List<Entry> entries(DotRange range) {
        var entries = new ArrayList<Entry>();
        state.live().forEach(range, entries::add);
        return entries;
    }

    public Optional<Entry> entry(Dot dot) {
        return Optional.ofNullable(state.find(dot.replica(), dot.n()));
    }

    /// What is known of the first part of `range`: up to about `bytesMax` of entries, at least one.
    public RangeState range(DotRange range, int bytesMax) {
        var entries = new ArrayList<Entry>();
        var left = new int[]{bytesMax};
        var to = new long[]{range.to()};
        state.live().walk(range, entry -> {
            if (left[0] <= 0) {
                to[0] = entry.n() - 1;
                return false;
            }
            left[0] -= entry.sizeBytes();
            return entries.add(entry);
        });
        var part = new DotRange(range.replica(), range.from(), to[0]);
        return new RangeState(part, known().within(part), entries);
    }

    /// The change that `edit` makes here with `tick`; empty when it changes nothing.
    public Optional<Change> change(Edit edit, Tick tick) {
        var delta = edit.apply(root(), tick);
        var entries = delta.entries();
        var context = delta.context();
        var removes = context.isOnly(tick.dot())
                ? DotSet.EMPTY
                : context.minus(DotSet.of(tick.dot()));
        if (entries.isEmpty()) {
            return removes.isEmpty() ? Optional.empty() : Optional.of(new Change.Drop(removes));
        }
        if (entries.size() > 1 || !entries.getFirst().dot().equals(tick.dot())) {
            throw new IllegalArgumentException(
                    "an edit makes one entry, with the dot it was given");
        }
        return Optional.of(new Change.Put(entries.getFirst(), removes));
    }

    /// Applies a batch once; dots already seen are left out.
    public Applied apply(Batch batch) {
        var work = new StoreWork(state);
        var seenAfter = seen;
        for (int i = 0; i < batch.changes().size(); i++) {
            var dot = batch.first().replica().dot(batch.first().n() + i);
            if (!seen.contains(dot)) {
                work.apply(dot, batch.changes().get(i));
                seenAfter = seenAfter.plus(dot);
            }
        }
        return work.applied(state, seenAfter);
    }

    /// Applies the change that `dot` names; changes nothing when the dot was seen already.
    public Applied apply(Dot dot, Change change) {
        var work = new StoreWork(state);
        if (seen.contains(dot)) {
            return work.applied(state, seen);
        }
        work.apply(dot, change);
        return work.applied(state, seen.plus(dot));
    }

    /// Takes over what another store knows of a range. `replaces(mine, theirs)` decides when both
    /// have an entry for a dot and the two differ, which only damage can bring about.
    public Applied apply(RangeState theirs, BiPredicate<Entry, Entry> replaces) {
        var work = new StoreWork(state);
        work.apply(theirs, replaces);
        return work.applied(state, seen);
    }

    /// Counts `moreSeen` as seen and `unseen` as known, because all that became of them has arrived
    /// by other ways. What of them is not live is dead.
    public Store seeing(DotSet moreSeen, DotSet unseen) {
        return new Store(state.knowing(known().union(moreSeen).union(unseen)),
                seen.union(moreSeen));
    }

    /// Forgets `dots` altogether, live or dead, as if they had never been.
    public Applied forgetting(DotSet dots) {
        var work = new StoreWork(state);
        work.forget(dots);
        return work.applied(state, seen.minus(dots));
    }

    static Applied applied(Causal before, StoreWork work, DotSet seen) {
        var added = work.added();
        var removed = work.removed();
        var differences = Differences.between(before, work.state(), added, removed);
        return new Applied(new Store(work.state(), seen), added, removed, differences);
    }
}
