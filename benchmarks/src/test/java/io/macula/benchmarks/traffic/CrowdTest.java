package io.macula.benchmarks.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.PeerAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrowdTest {

    private static final int PEERS = 8;

    @Test
    void everyMessageBetweenPeersOfOneGatewayComes() throws Exception {
        try (var gateway = MaculaCarrier.gateway(Contestant.MACULA);
                var crowd = new Crowd(
                        PeerAddress.parse(MaculaCarrier.address(gateway)).orElseThrow(),
                        MaculaCarrier.REALM, Duration.ofSeconds(1))) {

            assertThat(crowd.dial(PEERS, 100)).isEqualTo(PEERS);
            assertThat(gateway.peers()).as("each is somebody else").hasSize(PEERS);
            assertThat(crowd.subscribe(0)).isEqualTo(PEERS);
            var sent = crowd.talk(0, PEERS, 200, Duration.ofMillis(500));

            assertThat(sent).isPositive();
            assertThat(heard(crowd, sent)).isEqualTo(sent);
            assertThat(crowd.ended()).isZero();
            assertThat(crowd.tries()).isEqualTo(PEERS);
            assertThat(crowd.failures()).isEmpty();
        }
    }

    /// What has come, ten seconds later at most.
    private static long heard(Crowd crowd, long wanted) {
        var until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (crowd.heard() < wanted && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        return crowd.heard();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "10000, 1048576, 8000000, -",
        "10000, 256, 8000000, may open only 256 files",
        "10000, 1048576, 3000000, only 2929 MB are free",
        "100, 1048576, 3000000, -"})
    void aMachineThatIsTooSmallIsToldOfInASentence(int connections, long files, long availableKib,
            String said) {
        var problem = new CrowdLimits(connections, files, availableKib).problem();

        if (said == null) {
            assertThat(problem).isEmpty();
        } else {
            assertThat(problem).hasValueSatisfying(
                    sentence -> assertThat(sentence).contains(said).hasLineCount(1));
        }
    }

    @Test
    void theLimitsOfThisMachineAreRead() {
        var limits = CrowdLimits.of(10);

        assertThat(limits.files()).isPositive();
        assertThat(limits.availableKib()).isPositive().isLessThan(Long.MAX_VALUE);
    }
}
