package io.macula.actors.link.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuicConfigTest {

    private static final QuicConfig DEFAULTS = QuicConfig.defaults();

    @Test
    void changesOneThingAtATime() {
        assertThat(DEFAULTS.withIoThreads(2).ioThreads()).isEqualTo(2);
        assertThat(DEFAULTS.withIoThreads(2).withIoThreads(1)).isEqualTo(DEFAULTS);
        assertThat(DEFAULTS.withIdleTimeout(Duration.ofSeconds(3)).idleTimeout())
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(DEFAULTS.withAcceptedMax(7).acceptedMax()).isEqualTo(7);
        assertThat(DEFAULTS.withPacketBytesMax(1_452).packetBytesMax()).isEqualTo(1_452);
        assertThat(DEFAULTS.withCloseGrace(Duration.ZERO).closeGrace()).isZero();
    }

    @Test
    void refusesWhatNoProviderCanKeepTo() {
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withIoThreads(0))
                .withMessageContaining("ioThreads");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withIdleTimeout(Duration.ofMillis(999)))
                .withMessageContaining("idleTimeout");
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withSendQueueBytes(0))
                .withMessageContaining("sendQueueBytes");
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withPacketBytesMax(1_199))
                .withMessageContaining("packetBytesMax");
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withPacketBytesMax(16_385))
                .withMessageContaining("packetBytesMax");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withCloseGrace(Duration.ofMillis(-1)))
                .withMessageContaining("closeGrace");
    }

    @Test
    void keepsKwikBelowItsSendBufferAndToOnePacket() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QuicConfig.KwikPacing(1_101, 40_960, Duration.ofMillis(10),
                        Duration.ofSeconds(4), Duration.ofSeconds(2)))
                .withMessageContaining("kwik.writeBytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QuicConfig.KwikPacing(1_100, 50 * 1024, Duration.ofMillis(10),
                        Duration.ofSeconds(4), Duration.ofSeconds(2)))
                .withMessageContaining("kwik.underWayBytes");
    }
}
