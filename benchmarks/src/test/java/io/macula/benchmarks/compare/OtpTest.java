package io.macula.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OtpTest {

    @Test
    void readsTheLinesOfOneReading() {
        assertThat(Otp.readings("p50 40.5\np99 180\np50 41\nnoise\np500 1\n", "p50"))
                .containsExactly(40.5, 41.0);
        assertThat(Otp.readings("", "p50")).isEmpty();
    }
}
