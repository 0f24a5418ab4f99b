package io.macula.runtime.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.runtime.observe.Histogram.Counts;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HistogramTest {

    private final Histogram histogram = new Histogram();

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @Test
    void knowsNothingOfWhatWasNotRecorded() {
        assertThat(histogram.counts().count()).isZero();
        assertThat(histogram.counts().quantile(0.99)).isEqualTo(Duration.ZERO);
    }

    @Test
    void putsATimeThatIsABoundBelowIt() {
        histogram.record(Duration.ofMillis(5).toNanos());
        histogram.record(Duration.ofMillis(5).toNanos() + 1);

        var bounds = Counts.boundsSeconds();
        var ranges = histogram.counts().ranges();
        assertThat(ranges[Arrays.binarySearch(bounds, 0.005)]).isEqualTo(1);
        assertThat(ranges[Arrays.binarySearch(bounds, 0.01)]).isEqualTo(1);
    }

    @Test
    void takesTimesThatCannotBe() {
        histogram.record(-1);
        histogram.record(Long.MAX_VALUE);

        assertThat(histogram.counts().count()).isEqualTo(2);
        assertThat(histogram.counts().quantile(1)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void tellsWhatCameSinceAnEarlierMoment() {
        histogram.record(Duration.ofSeconds(9).toNanos());
        var before = histogram.counts();
        histogram.record(Duration.ofMillis(1).toNanos());

        var since = histogram.counts().since(before);

        assertThat(since.count()).isEqualTo(1);
        assertThat(since.quantile(0.99)).isLessThanOrEqualTo(Duration.ofMillis(1));
        assertThat(since.sumSeconds()).isEqualTo(0.001);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aQuantileLiesInTheRangeOfTheTrueOne(long seed) {
        var random = new Random(seed);
        var times = random.longs(1 + random.nextInt(500), 0, 9_000_000_000L).sorted().toArray();
        Arrays.stream(times).forEach(histogram::record);

        var share = random.nextDouble(0.01, 1);
        var exact = times[(int) Math.ceil(share * times.length) - 1] / 1e9;
        var bounds = Counts.boundsSeconds();
        var at = Arrays.binarySearch(bounds, exact);
        var range = at >= 0 ? at : -at - 1;

        var told = histogram.counts().quantile(share).toNanos() / 1e9;
        assertThat(told).isBetween(range == 0 ? 0 : bounds[range - 1] - 1e-9,
                bounds[range] + 1e-9);
    }
}
