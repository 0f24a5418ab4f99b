package io.macula.actors.link.quic;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.quic.netty.NettyQuicProvider;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class NettyToNettyIT extends QuicHardships {

    /// A frame of Ethernet less the headers of IPv4 and UDP.
    private static final int ETHERNET_BYTES = 1_472;

    @Override
    QuicProvider diallingProvider(QuicConfig config) {
        return NettyQuicProvider.create(config);
    }

    @Override
    QuicProvider listeningProvider(QuicConfig config) {
        return NettyQuicProvider.create(config);
    }

    @Test
    void anAnswerGoesOutInThePacketThatConfirmsTheQuestion() {
        try (var relay = CountingRelay.to(listenForEcho().localAddress())) {
            var played = PingPong.play(dialling, relay.address(), 1, 100, Duration.ofSeconds(1))
                    .getFirst();

            assertThat(played.answering()).isTrue();
            assertThat(relay.fromListener()).as("for %d answers", played.exchanges())
                    .isLessThan(played.exchanges() * 3 / 2);
        }
    }

    @Test
    void aPacketWhoseConfirmationIsALittleLateIsNotRepeated() {
        try (var relay = CountingRelay.to(listenForEcho().localAddress())) {
            var heard = new Heard();
            var stream = get(dial(relay.address()).connection.openStream(heard));
            var least = Long.MAX_VALUE;
            for (var attempt = 0; attempt < 5; attempt++) {
                for (var quick = 0; quick < 100; quick++) {
                    echo(stream, heard, quick);
                }
                LockSupport.parkNanos(Duration.ofMillis(30).toNanos());
                var before = relay.fromListener();
                relay.late(Duration.ofMillis(60));
                echo(stream, heard, attempt);
                LockSupport.parkNanos(Duration.ofMillis(60).toNanos());
                least = Math.min(least, relay.fromListener() - before);
            }

            assertThat(least).as("packets for an answer").isEqualTo(1);
        }
    }

    private static void echo(QuicStream stream, Heard heard, int number) {
        stream.write(TestFrames.numbered(number, 100));
        assertThat(TestFrames.number(heard.next())).isEqualTo(number);
    }

    @Test
    void packetsBecomeAsLargeAsTheyMay() {
        try (var relay = CountingRelay.to(listenForEcho().localAddress())) {
            assertThat(played(relay).answering()).isTrue();

            assertThat(relay.largestFromListener()).isEqualTo(CONFIG.packetBytesMax());
        }
    }

    @Test
    void packetsBecomeNoLargerThanThePathTakesThem() {
        try (var relay = CountingRelay.narrow(listenForEcho().localAddress(), ETHERNET_BYTES)) {
            assertThat(played(relay).answering()).isTrue();

            assertThat(relay.largestFromListener()).isBetween(1_400, ETHERNET_BYTES);
        }
    }

    @Test
    void aPathThatTakesTheLeastOnlyIsAsGoodAsAnother() {
        try (var relay = CountingRelay.narrow(listenForEcho().localAddress(),
                QuicConfig.PACKET_BYTES_LEAST)) {
            var played = played(relay);

            assertThat(played.answering()).isTrue();
            assertThat(played.exchanges()).isGreaterThan(10);
            assertThat(relay.largestFromListener()).isEqualTo(QuicConfig.PACKET_BYTES_LEAST);
        }
    }

    /// Echoes of 40 KB, so that packets are full.
    private PingPong.Result played(CountingRelay relay) {
        return PingPong.play(dialling, relay.address(), 1, 40_000, Duration.ofSeconds(2))
                .getFirst();
    }
}
