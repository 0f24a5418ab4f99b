package io.macula.benchmarks.state;

import java.util.function.LongConsumer;

/// One node that shares a set, a counter and registers with others, ours or somebody else's.
interface Replica extends AutoCloseable {

    /// Changes under way at once when many are made.
    int WINDOW = 64;

    /// Where others join.
    String address();

    /// How many nodes share the state now, this one included.
    int members();

    /// Adds elements to the set, each by a change of its own; returns when all are visible here.
    void addAll(Elements elements) throws InterruptedException;

    /// Counts up that often, each time by a change of its own; returns when all are visible here.
    void countUp(int times) throws InterruptedException;

    /// Writes that many registers of 60 characters, each under a key of its own.
    void writeRegisters(int count) throws InterruptedException;

    /// Calls `seen` with [System#nanoTime()] once the element is in the set here: told by a
    /// subscription where that is quicker than asking every two milliseconds.
    void whenSeen(String element, LongConsumer seen);

    int setSize();

    int registerCount();

    /// Bytes of messages that carry state, sent since the start.
    long sentBytes();

    @Override
    void close();
}
