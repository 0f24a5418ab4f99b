package io.macula.actors.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LinkConfigTest {

    @Test
    void looksOftenEnoughForAnyHeartbeat() {
        var config = LinkConfig.DEFAULT.withHeartbeat(Duration.ofMillis(100));

        assertThat(config.look()).isEqualTo(Duration.ofMillis(10));
        assertThat(config.crowdedHeartbeat()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void wantsQuicToWaitLongerThanTheSlowestLinkMayBeSilent() {
        assertThat(LinkConfig.DEFAULT.quicIdleTimeout())
                .isGreaterThan(LinkConfig.DEFAULT.crowdedHeartbeat().multipliedBy(3));
    }

    @Test
    void takesNoHeartbeatThatAPeerWouldRefuse() {
        assertThatThrownBy(() -> LinkConfig.DEFAULT.withHeartbeat(Duration.ofSeconds(31)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("heartbeat");
        assertThatThrownBy(() -> LinkConfig.DEFAULT.withHeartbeat(Duration.ofMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesNoBoundOfZero() {
        assertThatThrownBy(() -> LinkConfig.DEFAULT.withListenerBounds(0, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LinkConfig.DEFAULT.withTimeouts(Duration.ZERO, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("time-outs");
    }

    @Test
    void theHeartbeatWhileThereAreManyLinksIsNeverTheShorterOne() {
        var usual = LinkConfig.DEFAULT.withHeartbeat(Duration.ofSeconds(1), Duration.ofSeconds(2));
        var crowded = LinkConfig.DEFAULT.withHeartbeat(Duration.ofSeconds(3),
                Duration.ofSeconds(2));

        assertThat(usual.crowdedHeartbeat()).isEqualTo(Duration.ofSeconds(2));
        assertThat(crowded.crowdedHeartbeat()).isEqualTo(Duration.ofSeconds(3));
    }
}
