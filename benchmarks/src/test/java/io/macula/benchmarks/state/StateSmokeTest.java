package io.macula.benchmarks.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The measurements run, on a small scale; what they come to is not judged here.
class StateSmokeTest {

    @ParameterizedTest
    @ValueSource(strings = {"macula", "ddata"})
    void twoProcessesShareASetAndRegisters(String whose) {
        try (var pair = Trio.of(whose, 2)) {
            pair.fill(new Elements("uuid", 0, 50));
            pair.first().ask("registers 20", Duration.ofSeconds(30));
            pair.await("register-count", 20);

            assertThat(pair.convergenceMillis(3)).hasSize(3)
                    .allSatisfy(millis -> assertThat(millis).isPositive());
        }
    }

    @Test
    void aMergeTakesSomeTime() {
        assertThat(Merging.ours(1_000)).isPositive();
        assertThat(Merging.ddata(1_000)).isPositive();
    }
}
