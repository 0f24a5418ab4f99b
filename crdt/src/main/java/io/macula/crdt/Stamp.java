package io.macula.crdt;

import java.time.Duration;

/// A moment of a hybrid logical clock: 48 bits of milliseconds since 1970, then 16 bits that count
/// within the millisecond. Stamps of causally ordered changes are ordered alike.
public record Stamp(long bits) implements Comparable<Stamp> {

    public static final Stamp ZERO = new Stamp(0);

    private static final int COUNTER_BITS = 16;
    private static final long COUNTER_MAX = 0xFFFF;

    public static Stamp of(long millis, int counter) {
        if (millis < 0 || millis >>> 48 != 0 || counter < 0 || counter > COUNTER_MAX) {
            throw new IllegalArgumentException("no stamp: " + millis + " ms, counter " + counter);
        }
        return new Stamp(millis << COUNTER_BITS | counter);
    }

    /// Milliseconds since 1970.
    public long millis() {
        return bits >>> COUNTER_BITS;
    }

    public int counter() {
        return (int) (bits & COUNTER_MAX);
    }

    /// The least stamp after this one; a full counter runs over into the next millisecond.
    public Stamp next() {
        return new Stamp(bits + 1);
    }

    /// How far the millisecond part lies ahead of `wallMillis`; negative when behind.
    public Duration aheadOf(long wallMillis) {
        return Duration.ofMillis(millis() - wallMillis);
    }

    @Override
    public int compareTo(Stamp other) {
        return Long.compareUnsigned(bits, other.bits);
    }

    @Override
    public String toString() {
        return millis() + "." + counter();
    }
}
