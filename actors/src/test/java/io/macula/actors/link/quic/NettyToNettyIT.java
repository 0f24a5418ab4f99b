package io.macula.actors.link.quic;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.quic.netty.NettyQuicProvider;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NettyToNettyIT extends QuicHardships {

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
}
