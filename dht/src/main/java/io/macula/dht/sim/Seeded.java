package io.macula.dht.sim;

import java.util.random.RandomGenerator;

/// Random numbers that are the same on every machine and in every Java version: SplitMix64 (Steele,
/// Lea, Flood 2014) with bounded numbers by multiplication, in integer arithmetic throughout.
final class Seeded implements RandomGenerator {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    Seeded(long seed) {
        this.state = mix(seed);
    }

    /// A stream of its own for each concern, so that more draws in one do not shift another.
    Seeded branch(String concern) {
        var seed = state;
        for (var i = 0; i < concern.length(); i++) {
            seed = mix(seed ^ concern.charAt(i));
        }
        return new Seeded(seed);
    }

    @Override
    public long nextLong() {
        state += GOLDEN;
        return mix(state);
    }

    @Override
    public int nextInt(int bound) {
        return (int) nextLong(bound);
    }

    @Override
    public long nextLong(long bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("a bound is above zero, not " + bound);
        }
        return Math.unsignedMultiplyHigh(nextLong(), bound);
    }

    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1p-53;
    }

    static long mix(long value) {
        var z = value + GOLDEN;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
