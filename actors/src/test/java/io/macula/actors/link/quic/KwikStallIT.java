package io.macula.actors.link.quic;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.quic.kwik.KwikQuicProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// kwik alone stalls within seconds under this load; the provider must not.
/// `-Dmacula.soak.seconds=20` makes it as long as the defect was measured over.
class KwikStallIT {

    private static final Duration TIME = Duration
            .ofSeconds(Integer.getInteger("macula.soak.seconds", 5));

    @Test
    void eightConnectionsExchangeFourKibibytesWithoutAGapOfOneAndAHalfSeconds() throws Exception {
        try (var listening = KwikQuicProvider.create(QuicConfig.defaults());
                var dialling = KwikQuicProvider.create(QuicConfig.defaults())) {
            var listener = listening.listen(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    TestCertificates.fresh("soak"),
                    connection -> new Side(connection, (_, stream) -> new Side.Echo(stream)))
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);

            var results = PingPong.play(dialling, listener.localAddress(), 8, 4_096, TIME);

            assertThat(results).hasSize(8).allSatisfy(result -> {
                assertThat(result.answering()).isTrue();
                assertThat(result.exchanges()).isPositive();
                assertThat(result.longestGap()).isLessThan(Duration.ofMillis(1_500));
            });
        }
    }
}
