package io.macula.it.linear;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides whether calls that overlapped can have happened one after another, each between its
/// invocation and its return (Wing and Gong 1993, with the memory of Lowe 2017): depth first through all
/// orders, never twice into the same set of calls with the same states.
final class Checker<S, O> {

    /// More steps than any history of our tests needs by far.
    private static final long STEPS_MAX = 500_000;

    private final Model<S, O> model;

    Checker(Model<S, O> model) {
        this.model = model;
    }

    /// A call's beginning or its end, in a list in the order of time.
    private static final class Event<O> {
        private final Call<O> call;
        private final int index;
        private @Nullable Event<O> end;
        private @Nullable Event<O> before;
        private @Nullable Event<O> after;

        Event(Call<O> call, int index) {
            this.call = call;
            this.index = index;
        }

        void unlink() {
            if (before != null) {
                before.after = after;
            }
            if (after != null) {
                after.before = before;
            }
        }

        void relink() {
            if (before != null) {
                before.after = this;
            }
            if (after != null) {
                after.before = this;
            }
        }
    }

    /// A call that was put in order, and how things stood before.
    private record Placed<S, O>(Event<O> event, S before) {}

    private record Seen<S>(BitSet calls, S state) {}

    Verdict check(List<Call<O>> history) {
        var relevant = model.relevant(history);
        if (relevant.isEmpty()) {
            return new Verdict.Linearizable();
        }
        var head = events(relevant);
        var placed = new ArrayDeque<Placed<S, O>>();
        var calls = new BitSet();
        var seen = new HashSet<Seen<S>>();
        var state = model.initial();
        int most = 0;
        var stuckAt = "";
        var event = head.after;
        // what is left once only calls with unknown outcomes are may never have happened
        for (long steps = 0; event != null
                && (event.end != null || event.call.isKnown()); steps++) {
            if (steps == STEPS_MAX) {
                return new Verdict.Undecided(steps);
            }
            if (event.end != null) {
                var next = model.after(state, event.call.operation());
                calls.set(event.index);
                if (next.isPresent() && seen.add(new Seen<>((BitSet) calls.clone(), next.get()))) {
                    placed.push(new Placed<>(event, state));
                    state = next.get();
                    unlink(event);
                    event = head.after;
                } else {
                    calls.clear(event.index);
                    event = event.after;
                }
                continue;
            }
            if (placed.size() >= most) {
                most = placed.size();
                stuckAt = event.call + " in " + state;
            }
            if (placed.isEmpty()) {
                return new Verdict.Violated(most, stuckAt);
            }
            var undone = placed.pop();
            state = undone.before();
            calls.clear(undone.event().index);
            relink(undone.event());
            event = undone.event().after;
        }
        return new Verdict.Linearizable();
    }

    private static <O> void unlink(Event<O> event) {
        event.unlink();
        if (event.end != null) {
            event.end.unlink();
        }
    }

    private static <O> void relink(Event<O> event) {
        if (event.end != null) {
            event.end.relink();
        }
        event.relink();
    }

    /// Where two events fall on the same time the beginning comes first: then the calls overlap.
    private Event<O> events(List<Call<O>> history) {
        record At<O>(long time, int order, Event<O> event) {}
        var list = new ArrayList<At<O>>();
        for (int i = 0; i < history.size(); i++) {
            var call = history.get(i);
            var begin = new Event<>(call, i);
            begin.end = new Event<>(call, i);
            list.add(new At<>(call.invoked(), 0, begin));
            list.add(new At<>(call.returned(), 1, begin.end));
        }
        list.sort(Comparator.<At<O>>comparingLong(At::time).thenComparingInt(At::order));
        var head = new Event<O>(history.getFirst(), -1);
        var last = head;
        for (var at : list) {
            last.after = at.event();
            at.event().before = last;
            last = at.event();
        }
        return head;
    }
}
