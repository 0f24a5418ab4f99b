package io.macula.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplingTest {

    private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);

    private long chosen(Sampling sampling, int rounds) {
        return IntStream.range(0, rounds).filter(_ -> sampling.root()).count();
    }

    @Test
    void aRatioOfNoughtChoosesNothingAndOneEverythingUpToItsLimit() {
        assertThat(chosen(new Sampling(0, 1_000, nanos::get), 1_000)).isZero();
        assertThat(chosen(new Sampling(1, 1_000, nanos::get), 1_000)).isEqualTo(1_000);
        assertThat(chosen(new Sampling(1, 10, nanos::get), 1_000)).isEqualTo(10);
        assertThat(chosen(new Sampling(1, 0, nanos::get), 1_000)).isZero();
    }

    @Test
    void aRatioChoosesAboutItsShare() {
        var share = chosen(new Sampling(0.1, 1_000_000, nanos::get), 100_000) / 100_000.0;

        assertThat(share).isBetween(0.08, 0.12);
    }

    @Test
    void everySecondHasALimitOfItsOwn() {
        var sampling = new Sampling(1, 3, nanos::get);

        assertThat(chosen(sampling, 10)).isEqualTo(3);
        nanos.addAndGet(999_999_999L);
        assertThat(chosen(sampling, 10)).isZero();
        nanos.addAndGet(1);
        assertThat(chosen(sampling, 10)).isEqualTo(3);
    }

    @Test
    void whatOthersWantRecordedHasALimitToo() {
        var sampling = new Sampling(0, 0, nanos::get);

        var taken = IntStream.range(0, 10_000).filter(_ -> sampling.continued()).count();

        assertThat(taken).isEqualTo(Sampling.CONTINUED_PER_SECOND_MAX);
    }
}
