package io.macula.dht.sim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What is to happen, by virtual millisecond; within one millisecond in the order it was added.
/// Two wheels, of milliseconds and of 8192 of them, over arrays that are used again: adding and
/// taking cost the same for ten events as for a million. An event is a cell of four words, side by
/// side in memory: when, number, receiver and sender, kind and the cell that follows.
final class TimeWheel {

    private static final int FINE_BITS = 13;
    private static final int FINE = 1 << FINE_BITS;
    private static final int COARSE = 1 << 12;
    private static final int NONE = -1;
    private static final int CELL = 4;
    private static final int AT = 0;
    private static final int NUMBER = 1;
    private static final int TO_AND_FROM = 2;
    private static final int KIND_AND_NEXT = 3;

    private final int[] first = new int[FINE + COARSE];
    private final int[] last = new int[FINE + COARSE];
    private long[] words = new long[1024 * CELL];
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
        var word = cell * CELL;
        words[word + AT] = Math.max(atMillis, now);
        words[word + NUMBER] = eventNumber;
        words[word + TO_AND_FROM] = pair(eventTo, eventFrom);
        words[word + KIND_AND_NEXT] = pair(eventKind, NONE);
        if (eventContent != null) {
            content[cell] = eventContent;
        }
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
        first[slot] = next(taken);
        size--;
        return true;
    }

    int kind() {
        return (int) (words[taken * CELL + KIND_AND_NEXT] >>> Integer.SIZE);
    }

    int to() {
        return (int) (words[taken * CELL + TO_AND_FROM] >>> Integer.SIZE);
    }

    int from() {
        return (int) words[taken * CELL + TO_AND_FROM];
    }

    long number() {
        return words[taken * CELL + NUMBER];
    }

    @Nullable
    Object content() {
        return content[taken];
    }

    private void append(int cell) {
        var at = words[cell * CELL + AT];
        var page = at >>> FINE_BITS;
        var nowPage = now >>> FINE_BITS;
        var slot = page == nowPage
                ? (int) at & FINE - 1
                : FINE + ((int) Math.min(page, nowPage + COARSE - 1) & COARSE - 1);
        follow(cell, NONE);
        if (first[slot] == NONE) {
            first[slot] = cell;
        } else {
            follow(last[slot], cell);
        }
        last[slot] = cell;
    }

    /// Deals the events of the next 8192 milliseconds out to their slots.
    private void unfold() {
        var slot = FINE + ((int) (now >>> FINE_BITS) & COARSE - 1);
        var cell = first[slot];
        first[slot] = NONE;
        while (cell != NONE) {
            var following = next(cell);
            append(cell);
            cell = following;
        }
    }

    private int allocate() {
        if (free != NONE) {
            var cell = free;
            free = next(cell);
            return cell;
        }
        if (used == content.length) {
            words = Arrays.copyOf(words, 2 * used * CELL);
            content = Arrays.copyOf(content, 2 * used);
        }
        return used++;
    }

    private void release() {
        if (taken != NONE) {
            if (content[taken] != null) {
                content[taken] = null;
            }
            follow(taken, free);
            free = taken;
            taken = NONE;
        }
    }

    private int next(int cell) {
        return (int) words[cell * CELL + KIND_AND_NEXT];
    }

    private void follow(int cell, int following) {
        var word = cell * CELL + KIND_AND_NEXT;
        words[word] = pair((int) (words[word] >>> Integer.SIZE), following);
    }

    private static long pair(int high, int low) {
        return (long) high << Integer.SIZE | low & 0xffffffffL;
    }
}
