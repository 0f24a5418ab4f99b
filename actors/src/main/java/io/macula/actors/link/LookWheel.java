package io.macula.actors.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/// Who has to be looked at when. A round of slots, each some milliseconds of time, so that a look costs what is due
/// and not what there is: of ten thousand links with a heartbeat of 30 s some thirty are due at a look. For one thread.
///
/// @param <T> who is looked at
final class LookWheel<T> {

    private static final int SLOTS = 2048;

    private final long startNanos;
    private final long slotNanos;
    private final List<List<T>> slots = new ArrayList<>(SLOTS);
    private long done;

    /// @param slot how exactly times are kept
    LookWheel(Duration slot, long nowNanos) {
        this.slotNanos = slot.toNanos();
        this.startNanos = nowNanos;
        for (var i = 0; i < SLOTS; i++) {
            slots.add(List.of());
        }
    }

    /// To be looked at not before `dueNanos` and soon after, or earlier when that is far away.
    void add(T item, long dueNanos) {
        var at = Math.clamp(Math.floorDiv(dueNanos - startNanos, slotNanos) + 1, done + 1,
                done + SLOTS - 1);
        var index = index(at);
        if (slots.get(index).isEmpty()) {
            slots.set(index, new ArrayList<>(1));
        }
        slots.get(index).add(item);
    }

    /// Hands over what is due.
    ///
    /// @param look says when the next look is due; empty when there is none
    void due(long nowNanos, Function<T, OptionalLong> look) {
        var now = Math.floorDiv(nowNanos - startNanos, slotNanos);
        var first = Math.max(done + 1, now - SLOTS + 1);
        var items = new ArrayList<T>();
        for (var at = first; at <= now; at++) {
            items.addAll(slots.set(index(at), List.of()));
        }
        done = Math.max(done, now);
        items.forEach(item -> look.apply(item).ifPresent(next -> add(item, next)));
    }

    private static int index(long at) {
        return (int) (at & (SLOTS - 1));
    }
}
