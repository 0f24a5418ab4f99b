package io.macula.it.linear;

/// What the checker found.
sealed interface Verdict {

    record Linearizable() implements Verdict {}

    /// There is no order.
    ///
    /// @param placed
    ///            how many calls the best attempt put in order
    /// @param stuckAt
    ///            a call that returned before any of those left could be put
    record Violated(int placed, String stuckAt) implements Verdict {}

    /// Too many orders to try.
    record Undecided(long steps) implements Verdict {}
}
