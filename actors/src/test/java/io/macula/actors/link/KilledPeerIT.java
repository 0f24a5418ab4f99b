package io.macula.actors.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.macula.actors.link.TestNode.Heard;
import io.macula.actors.link.TestNode.Plan;
import io.macula.actors.link.quic.QuicConfig;
import io.macula.actors.link.quic.netty.NettyQuicProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// A far process is killed without a warning and comes back. The times are reported; what is
/// asserted leaves room for a loaded machine.
class KilledPeerIT {

    @TempDir Path folder;

    @Test
    void isNoticedByItsSilenceAndLinkedAgainWhenItIsBack(TestReporter reporter) throws Exception {
        var keyFile = folder.resolve("node.key");
        var heard = new Heard();
        try (var far = FarNode.start(keyFile, 0);
                var near = new Plan().on(NettyQuicProvider.create(QuicConfig.defaults()));
                var outage = new Outage(near.links, TestNode.at(far.port()), new Heard())) {
            var dialled = TestNode.join(near.links.dial(TestNode.at(far.port()), heard));
            assertThat(dialled).isInstanceOf(Links.Dialled.Up.class);
            var peer = ((Links.Dialled.Up) dialled).link().peer();

            far.kill();
            var killed = System.nanoTime();
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> !heard.closed.isEmpty());
            var noticed = System.nanoTime();
            outage.begin();
            try (var back = FarNode.start(keyFile, far.port())) {
                var ready = System.nanoTime();
                var link = outage.kept.poll(30, TimeUnit.SECONDS);
                var linked = System.nanoTime();

                assertThat(back.port()).isEqualTo(far.port());
                assertThat(heard.closed).hasSize(1);
                assertThat(link).isNotNull();
                assertThat(link.peer()).isEqualTo(peer);
                reporter.publishEntry(Map.of("noticed ms", millis(noticed - killed),
                        "linked ms after ready", millis(linked - ready)));
            }
        }
    }

    private static String millis(long nanos) {
        return String.valueOf(nanos / 1_000_000);
    }
}
