package io.macula.runtime.observe;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/// How long things took, in a fixed number of ranges. To record one costs a search among the bounds and two
/// additions, without a lock. Safe to use from any thread.
public final class Histogram {

    /// The upper ends of the ranges in microseconds: those of the OpenTelemetry conventions from 5 ms on
    /// (messaging, rpc), and finer ones below, where links on one machine are. Longer ones have a
    /// range of their own.
    private static final long[] BOUNDS_MICROS = {
        10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 75_000, 100_000,
        250_000,
        500_000, 750_000, 1_000_000, 2_500_000, 5_000_000, 7_500_000, 10_000_000
    };

    private static final long[] BOUNDS_NANOS = Arrays.stream(BOUNDS_MICROS)
            .map(micros -> micros * 1_000)
            .toArray();

    private final LongAdder[] ranges = new LongAdder[BOUNDS_NANOS.length + 1];
    private final LongAdder sumNanos = new LongAdder();

    public Histogram() {
        Arrays.setAll(ranges, _ -> new LongAdder());
    }

    /// One that took so long; a negative time counts as none.
    public void record(long nanos) {
        var taken = Math.max(0, nanos);
        var found = Arrays.binarySearch(BOUNDS_NANOS, taken);
        ranges[found >= 0 ? found : -found - 1].increment();
        sumNanos.add(taken);
    }

    /// What has been recorded until now.
    public Counts counts() {
        var counts = new long[ranges.length];
        Arrays.setAll(counts, i -> ranges[i].sum());
        return new Counts(counts, sumNanos.sum());
    }

    /// How many were in each range, at one moment or in one stretch of time.
    public static final class Counts {

        static final Counts NONE = new Counts(new long[BOUNDS_NANOS.length + 1], 0);

        private final long[] counts;
        private final long sumNanos;

        private Counts(long[] counts, long sumNanos) {
            this.counts = counts;
            this.sumNanos = sumNanos;
        }

        public long count() {
            return Arrays.stream(counts).sum();
        }

        /// All of them one after the other, in seconds.
        double sumSeconds() {
            return sumNanos / 1e9;
        }

        /// Of each range how many, with the open one at the end.
        long[] ranges() {
            return counts.clone();
        }

        /// The upper ends of the ranges in seconds, the last without end.
        static double[] boundsSeconds() {
            var bounds = new double[BOUNDS_NANOS.length + 1];
            Arrays.setAll(bounds, i -> i < BOUNDS_NANOS.length
                    ? BOUNDS_MICROS[i] / 1e6
                    : Double.POSITIVE_INFINITY);
            return bounds;
        }

        /// What came on top of an earlier moment of the same histogram.
        Counts since(Counts earlier) {
            var more = new long[counts.length];
            Arrays.setAll(more, i -> Math.max(0, counts[i] - earlier.counts[i]));
            return new Counts(more, Math.max(0, sumNanos - earlier.sumNanos));
        }

        Counts plus(Counts other) {
            var both = new long[counts.length];
            Arrays.setAll(both, i -> counts[i] + other.counts[i]);
            return new Counts(both, sumNanos + other.sumNanos);
        }

        /// The time that a share of all stayed below, evenly spread within its range; zero when there was none, and
        /// 10 s when it was in the open range.
        ///
        /// @param share from 0 to 1: 0.5 is the median
        public Duration quantile(double share) {
            var wanted = share * count();
            var below = 0L;
            for (var i = 0; i < BOUNDS_NANOS.length; i++) {
                if (counts[i] > 0 && below + counts[i] >= wanted) {
                    var from = i == 0 ? 0 : BOUNDS_NANOS[i - 1];
                    var part = (wanted - below) / counts[i];
                    return Duration.ofNanos(from + Math.round(part * (BOUNDS_NANOS[i] - from)));
                }
                below += counts[i];
            }
            return count() == 0
                    ? Duration.ZERO
                    : Duration.ofNanos(BOUNDS_NANOS[BOUNDS_NANOS.length - 1]);
        }
    }
}
