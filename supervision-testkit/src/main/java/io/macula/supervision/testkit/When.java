package io.macula.supervision.testkit;

import java.util.random.RandomGenerator;

/// Which of the messages, starts or stops at a place meet a fault, counted from when it was planned.
///
/// @param kind how `n` is read
/// @param n 1 or more
/// @param type only messages of this type are counted
public record When(Kind kind, int n, Class<?> type) {

    /// How the number of a [When] is read.
    public enum Kind {
        /// The nth alone.
        NTH,
        /// The first n.
        FIRST,
        /// Each nth.
        EVERY,
        /// Each with probability 1/n, drawn from the lab's seed.
        ONE_IN
    }

    /// @throws IllegalArgumentException when `n` is less than 1
    public When {
        if (n < 1) {
            throw new IllegalArgumentException("a fault counts from 1, not from " + n);
        }
    }

    /// The nth alone, 1 being the next.
    public static When nth(int n) {
        return new When(Kind.NTH, n, Object.class);
    }

    /// The next n.
    public static When times(int n) {
        return new When(Kind.FIRST, n, Object.class);
    }

    /// Each nth.
    public static When every(int n) {
        return new When(Kind.EVERY, n, Object.class);
    }

    /// Each with probability 1/n, drawn from the lab's seed.
    public static When oneIn(int n) {
        return new When(Kind.ONE_IN, n, Object.class);
    }

    public static When always() {
        return every(1);
    }

    /// Counts messages of `messages` only; the others pass unharmed.
    public When of(Class<?> messages) {
        return new When(kind, n, messages);
    }

    /// @param count how many have been counted, with the one asked about
    boolean hits(int count, RandomGenerator random) {
        return switch (kind) {
            case NTH -> count == n;
            case FIRST -> count <= n;
            case EVERY -> count % n == 0;
            case ONE_IN -> random.nextInt(n) == 0;
        };
    }

    /// As it is written in a test.
    String code() {
        var text = switch (kind) {
            case NTH -> "nth(" + n + ")";
            case FIRST -> "times(" + n + ")";
            case EVERY -> n == 1 ? "always()" : "every(" + n + ")";
            case ONE_IN -> "oneIn(" + n + ")";
        };
        return type == Object.class ? text : text + ".of(" + type.getSimpleName() + ".class)";
    }
}
