package io.macula.app.observe;

/// Counts what happens.
public interface Counter extends Meter {

    /// @param amount 0 or more
    /// @throws IllegalArgumentException when it is negative
    void add(long amount);

    default void increment() {
        add(1);
    }
}
