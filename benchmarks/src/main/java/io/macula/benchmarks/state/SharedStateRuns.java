package io.macula.benchmarks.state;

import java.time.Duration;
import java.util.function.IntToDoubleFunction;

/// The same measurements for ours and for distributed data, each on processes of its own.
public enum SharedStateRuns {

    OURS("macula", Merging::ours), DDATA("ddata", Merging::ddata);

    private static final int ADDITIONS = 100;
    private static final int SINGLE_ADDITIONS = 20;
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration IDLE = Duration.ofSeconds(20);

    private final String whose;
    private final IntToDoubleFunction merging;

    SharedStateRuns(String whose, IntToDoubleFunction merging) {
        this.whose = whose;
        this.merging = merging;
    }

    /// Milliseconds until two others have seen one addition to a set that has `elements`, at a
    /// quantile from 0 to 1.
    public double convergence(int elements, double quantile) {
        try (var trio = Trio.of(whose, 3)) {
            trio.fill(new Elements("large", 0, elements));
            var taken = trio.convergenceMillis(elements == 0 ? ADDITIONS : SINGLE_ADDITIONS);
            return taken.get((int) Math.ceil(quantile * taken.size()) - 1);
        }
    }

    /// Bytes that three nodes send for one addition to a set that has `elements`.
    public double bytesPerAddition(int elements) {
        try (var trio = Trio.of(whose, 3)) {
            trio.fill(new Elements("large", 0, elements));
            return trio.bytesPerAddition(SINGLE_ADDITIONS);
        }
    }

    /// Microseconds to merge one addition of another node into a set that has `elements`.
    public double merge(int elements) {
        return merging.applyAsDouble(elements);
    }

    public double additionsPerSecond(int additions) {
        try (var alone = Trio.of(whose, 1)) {
            alone.fill(new Elements("warm", 0, additions));
            var nanos = alone.first().ask("add more 0 " + additions, LONG);
            return additions * 1e9 / nanos;
        }
    }

    public double incrementsPerSecond(int increments) {
        try (var alone = Trio.of(whose, 1)) {
            alone.first().ask("count " + increments, LONG);
            return increments * 1e9 / alone.first().ask("count " + increments, LONG);
        }
    }

    /// Seconds from the moment a third node is up until it has all registers of two others.
    public double joinSeconds(int registers) {
        try (var pair = Trio.of(whose, 2)) {
            pair.first().ask("registers " + registers, LONG);
            pair.await("register-count", registers);
            var joining = pair.join();
            var from = System.nanoTime();
            Trio.await(joining, "register-count", registers);
            return (System.nanoTime() - from) / 1e9;
        }
    }

    /// Bytes a second that one of three nodes sends while nothing happens to so many registers.
    public double idleBytesPerSecond(int registers) {
        try (var trio = Trio.of(whose, 3)) {
            trio.first().ask("registers " + registers, LONG);
            trio.await("register-count", registers);
            return trio.idleBytesPerSecond(IDLE);
        }
    }

    /// Seconds until three nodes have all of so many UUIDs that one adds to a set.
    public double fillSeconds(int elements) {
        try (var trio = Trio.of(whose, 3)) {
            return trio.fill(new Elements("uuid", 0, elements)).toMillis() / 1e3;
        }
    }
}
