package io.macula.actors.link.quic;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.quic.QuicConfig.SourceLimit;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SourceGateTest {

    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final long START = -5;

    private final SourceGate gate = new SourceGate(new SourceLimit(50, WINDOW, 100));

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[]{10, 1, (byte) (last >> 8), (byte) last});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private long admitted(InetAddress source, int tries, long now) {
        var count = 0;
        for (var attempt = 0; attempt < tries; attempt++) {
            count += gate.admit(source, now) ? 1 : 0;
        }
        return count;
    }

    @Test
    void admitsTheBurstAndThenRefuses() {
        assertThat(admitted(address(1), 80, START)).isEqualTo(50);
    }

    @Test
    void refillsOverTheWindow() {
        admitted(address(1), 80, START);

        assertThat(admitted(address(1), 80, START + WINDOW.toNanos() / 10)).isEqualTo(5);
        assertThat(admitted(address(1), 80, START + 5 * WINDOW.toNanos())).isEqualTo(50);
    }

    @Test
    void keepsOneSourceFromUsingUpTheLimitOfAnother() {
        admitted(address(1), 80, START);

        assertThat(admitted(address(2), 80, START)).isEqualTo(50);
    }

    @Test
    void neverLimitsLoopback() {
        assertThat(admitted(InetAddress.getLoopbackAddress(), 1_000, START)).isEqualTo(1_000);
    }

    @Test
    void zeroSwitchesItOff() {
        var open = new SourceGate(new SourceLimit(0, WINDOW, 1));

        for (var attempt = 0; attempt < 1_000; attempt++) {
            assertThat(open.admit(address(1), START)).isTrue();
        }
    }

    @Test
    void remembersABoundedNumberOfSources() {
        for (var source = 0; source < 1_000; source++) {
            gate.admit(address(source), START);
        }

        assertThat(gate.sources()).isEqualTo(100);
    }
}
