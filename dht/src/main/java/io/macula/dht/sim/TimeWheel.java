package io.macula.dht.sim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What is to happen, by virtual millisecond; within one millisecond in the order it was added.
/// Two wheels, of milliseconds and of 8192 of them, over arrays that are used again: adding and
/// taking cost the same for ten events as for a million.
final class TimeWheel {

    private static final int FINE_BITS = 13;
    private static final int FINE = 1 << FINE_BITS;
    private static final int COARSE = 1 << 12;
    private static final int NONE = -1;

    private final int[] first = new int[FINE + COARSE];
    private final int[] last = new int[FINE + COARSE];
    private long[] at = new long[1024];
    private int[] next = new int[1024];
    private int[] kind = new int[1024];
    private int[] to = new int[1024];
    private int[] from = new int[1024];
    private long[] number = new long[1024];
    private @Nullable Object[] content = new @Nullable Object[1024];
    private int free = NONE;
    private int used;
    private int size;
    private long now;
    private int taken = NONE;

    TimeWheel() {
        Arrays.fill(first, NONE);
    }

    long now() {
        return now;
    }

    int size() {
        return size;
    }

    /// Adds an event; one for the past happens now.
    void add(long atMillis, int eventKind, int eventTo, int eventFrom, long eventNumber,
            @Nullable Object eventContent) {
        var cell = allocate();
        at[cell] = Math.max(atMillis, now);
        kind[cell] = eventKind;
        to[cell] = eventTo;
        from[cell] = eventFrom;
        number[cell] = eventNumber;
        content[cell] = eventContent;
        size++;
        append(cell);
    }

    /// Moves on to the next event not later than `untilMillis`; false when there is none, and then
    /// it is `untilMillis`.
    boolean advance(long untilMillis) {
        release();
        while (first[(int) now & FINE - 1] == NONE) {
            if (now >= untilMillis) {
                return false;
            }
            now++;
            if ((now & FINE - 1) == 0) {
                unfold();
            }
        }
        var slot = (int) now & FINE - 1;
        taken = first[slot];
        first[slot] = next[taken];
        size--;
        return true;
    }

    int kind() {
        return kind[taken];
    }

    int to() {
        return to[taken];
    }

    int from() {
        return from[taken];
    }

    long number() {
        return number[taken];
    }

    @Nullable
    Object content() {
        return content[taken];
    }

    private void append(int cell) {
        var page = at[cell] >>> FINE_BITS;
        var nowPage = now >>> FINE_BITS;
        var slot = page == nowPage
                ? (int) at[cell] & FINE - 1
                : FINE + ((int) Math.min(page, nowPage + COARSE - 1) & COARSE - 1);
        next[cell] = NONE;
        if (first[slot] == NONE) {
            first[slot] = cell;
        } else {
            next[last[slot]] = cell;
        }
        last[slot] = cell;
    }

    /// Deals the events of the next 8192 milliseconds out to their slots.
    private void unfold() {
        var slot = FINE + ((int) (now >>> FINE_BITS) & COARSE - 1);
        var cell = first[slot];
        first[slot] = NONE;
        while (cell != NONE) {
            var following = next[cell];
            append(cell);
            cell = following;
        }
    }

    private int allocate() {
        if (free != NONE) {
            var cell = free;
            free = next[cell];
            return cell;
        }
        if (used == at.length) {
            grow(2 * used);
        }
        return used++;
    }

    private void release() {
        if (taken != NONE) {
            content[taken] = null;
            next[taken] = free;
            free = taken;
            taken = NONE;
        }
    }

    private void grow(int capacity) {
        at = Arrays.copyOf(at, capacity);
        next = Arrays.copyOf(next, capacity);
        kind = Arrays.copyOf(kind, capacity);
        to = Arrays.copyOf(to, capacity);
        from = Arrays.copyOf(from, capacity);
        number = Arrays.copyOf(number, capacity);
        content = Arrays.copyOf(content, capacity);
    }
}
