package io.macula.coordination.client;

import java.util.SortedSet;
import java.util.TreeSet;

/// The numbers of a session's requests, and which of them are still open: begun, and neither answered
/// for good nor given up. Shared by threads.
final class Numbers {

    private final TreeSet<Long> open = new TreeSet<>();
    private long last;

    synchronized long begin() {
        open.add(++last);
        return last;
    }

    synchronized void end(long number) {
        open.remove(number);
    }

    synchronized SortedSet<Long> open() {
        return new TreeSet<>(open);
    }
}
