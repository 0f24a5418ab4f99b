package io.macula.arcade.game;

/// Numbers that look random, from a state that fits into a message (SplitMix64; Steele, Lea and Flood 2014).
final class SplitMix {

    private SplitMix() {}

    /// The state after `state`.
    static long next(long state) {
        return state + 0x9E3779B97F4A7C15L;
    }

    /// The number that belongs to a state.
    static long mix(long state) {
        var z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
