package io.macula.crdt;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.BiPredicate;

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
        for (var range : change.removes().ranges()) {
            removeLive(range);
        }
        known = known.union(change.removes());
        if (change instanceof Change.Put(var entry, _) && !known.contains(dot)) {
            add(entry);
        }
        known = known.plus(dot);
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
        dots.ranges().forEach(this::removeLive);
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
