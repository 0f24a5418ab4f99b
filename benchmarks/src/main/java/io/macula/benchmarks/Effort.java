package io.macula.benchmarks;

/// How much is measured.
///
/// @param warmup rounds of a process before it measures
/// @param rounds measured rounds of a process
record Effort(int repetitions, int warmup, int rounds) {

    static final Effort FULL = new Effort(5, 5, 5);
    static final Effort QUICK = new Effort(1, 2, 3);

    private static final int REFS = 4;

    Effort repeated(int times) {
        return new Effort(times, warmup, rounds);
    }

    /// How often a row of shared state is measured: each run starts three processes.
    int stateRepetitions() {
        return Math.max(1, repetitions / 2);
    }

    /// How often two refs to one child are compared: they differ least, and a run of them is short.
    int refRepetitions() {
        return REFS * repetitions;
    }
}
