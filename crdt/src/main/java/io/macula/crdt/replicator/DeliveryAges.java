package io.macula.crdt.replicator;

import java.time.Duration;
import java.util.Arrays;

/// How old changes are when they first arrive, over the last 64 pushes. Ages are taken relative to
/// the least one seen lately, so that clocks that differ by a constant do not matter.
record DeliveryAges(Samples samples) {

    static final DeliveryAges NONE = new DeliveryAges(new Samples(new long[0]));

    private static final int KEPT = 64;
    private static final int FEW = 16;

    /// Never changed once made.
    static final class Samples {
        private final long[] millis;

        private Samples(long[] millis) {
            this.millis = millis;
        }
    }

    DeliveryAges plus(long ageMillis) {
        var old = samples.millis;
        int from = old.length == KEPT ? 1 : 0;
        var longer = Arrays.copyOf(Arrays.copyOfRange(old, from, old.length),
                old.length - from + 1);
        longer[longer.length - 1] = ageMillis;
        return new DeliveryAges(new Samples(longer));
    }

    /// How many peers to push to: one more when the slowest in a hundred took longer than two
    /// rounds, two more beyond four rounds.
    int fanout(int usual, Duration round) {
        if (samples.millis.length < FEW) {
            return usual;
        }
        var sorted = samples.millis.clone();
        Arrays.sort(sorted);
        var late = sorted[(sorted.length - 1) * 99 / 100] - sorted[0];
        if (late <= 2 * round.toMillis()) {
            return usual;
        }
        return late <= 4 * round.toMillis() ? usual + 1 : usual + 2;
    }
}
