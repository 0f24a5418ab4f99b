package io.macula.crdt;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// One step of a [Store] under way.
final class StoreWork {

    private Causal state;
    private DotSet known;
    private final List<Entry> added = new ArrayList<>();
    private final List<Entry> removed = new ArrayList<>();

    StoreWork(Causal state) {
        this.state = state;
        this.known = state.known();
    }

    void apply(Dot dot, Change change) {
        var removes = change.removes();
        var old = removes.isEmpty() ? null : onlyLive(removes.ranges());
        known = known.union(removes);
        if (change instanceof Change.Put(var entry, _) && !known.contains(dot)) {
            if (old != null && old.hasSlot(entry)) {
                replace(old, entry);
            } else {
                removeLive(removes);
                add(entry);
            }
        } else {
            removeLive(removes);
        }
        known = known.plus(dot);
    }

    /// The live entry of a single dot.
    private @Nullable Entry onlyLive(List<DotRange> ranges) {
        var first = ranges.getFirst();
        return ranges.size() == 1 && first.length() == 1
                ? state.find(first.replica(), first.from())
                : null;
    }

    private void replace(Entry old, Entry entry) {
        state = state.replacing(old, entry);
        if (!added.remove(old)) {
            removed.add(old);
        }
        added.add(entry);
    }

    private void removeLive(DotSet dots) {
        if (!dots.isEmpty()) {
            dots.ranges().forEach(this::removeLive);
        }
    }

    void apply(RangeState theirs, BiPredicate<Entry, Entry> replaces) {
        var alive = new HashSet<Long>();
        for (var entry : theirs.entries()) {
            alive.add(entry.n());
            var mine = state.find(entry.replica(), entry.n());
            if (mine == null && !known.contains(entry.dot())) {
                add(entry);
            } else if (mine != null && !mine.equals(entry) && replaces.test(mine, entry)) {
                remove(mine);
                add(entry);
            }
        }
        for (var range : theirs.known().ranges()) {
            for (var mine : liveIn(range)) {
                if (!alive.contains(mine.n())) {
                    remove(mine);
                }
            }
        }
        known = known.union(theirs.known());
    }

    void forget(DotSet dots) {
        removeLive(dots);
        known = known.minus(dots);
    }

    private void removeLive(DotRange range) {
        if (range.length() == 1) {
            var entry = state.find(range.replica(), range.from());
            if (entry != null) {
                remove(entry);
            }
        } else {
            liveIn(range).forEach(this::remove);
        }
    }

    private List<Entry> liveIn(DotRange range) {
        var entries = new ArrayList<Entry>();
        state.live().forEach(range, entries::add);
        return entries;
    }

    private void add(Entry entry) {
        state = state.plus(entry);
        added.add(entry);
    }

    private void remove(Entry entry) {
        state = state.minus(entry);
        if (!added.remove(entry)) {
            removed.add(entry);
        }
    }

    Store.Applied applied(Causal before, DotSet seen) {
        state = state.knowing(known);
        return Store.applied(before, this, seen);
    }

    Causal state() {
        return state;
    }

    List<Entry> added() {
        return List.copyOf(added);
    }

    List<Entry> removed() {
        return List.copyOf(removed);
    }
}
