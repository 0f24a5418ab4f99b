package io.macula.actors.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeStatusTest {

    private final NodeStatus status = new NodeStatus();

    @Test
    void isReadyWhenEverythingThatIsExpectedIsFine() {
        assertThat(status.isReady()).isFalse();
        status.expect("quic");
        status.expect("tree");
        assertThat(status.checks()).containsEntry("quic", "starting");
        status.ok("quic");
        assertThat(status.isReady()).isFalse();
        status.ok("tree");

        assertThat(status.isReady()).isTrue();
    }

    @Test
    void isNotReadyWhileAPartFailsOrTheNodeDrains() {
        status.ok("quic");
        status.failing("quic", "the port is not open");
        assertThat(status.isReady()).isFalse();
        status.expect("quic");
        assertThat(status.checks()).containsEntry("quic", "the port is not open");
        status.ok("quic");
        status.drain();

        assertThat(status.isReady()).isFalse();
        assertThat(status.isDraining()).isTrue();
    }

    @Test
    void isReportedInJsonThatParsesWhateverTheNamesAre() throws Exception {
        var nasty = "say \"hi\"\n\\ \u0001 \ud83d\ude00";
        var report = new HealthReport("ab12", nasty, "gateway", nasty, true, false,
                Duration.ofDays(400), Map.of(nasty, nasty), Map.of(nasty, 7L, "clients", 3L));

        var json = new ObjectMapper().readTree(report.toJson());

        assertThat(json.get("status").asText()).isEqualTo("ok");
        assertThat(json.get("name").asText()).isEqualTo(nasty);
        assertThat(json.get("checks").get(nasty).asText()).isEqualTo(nasty);
        assertThat(json.get(nasty).asLong()).isEqualTo(7);
        assertThat(json.get("clients").asLong()).isEqualTo(3);
        assertThat(json.get("uptime_s").asDouble()).isEqualTo(400 * 86_400.0);
    }

    @Test
    void isReportedAsDrainingWhateverElseIsFine() {
        var report = new HealthReport("ab", "n", "peer", "lab", true, true, Duration.ZERO,
                Map.of(), Map.of());

        assertThat(report.status()).isEqualTo("draining");
        assertThat(report.isServing()).isFalse();
    }
}
