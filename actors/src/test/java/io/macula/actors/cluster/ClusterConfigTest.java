package io.macula.actors.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClusterConfigTest {

    private static final NodeId SELF = NodeId.random(new Random(1));

    private static final ClusterSettings SETTINGS = ClusterSettings
            .onLoopback("home", 9_444, List.of(new ClusterAddress("127.0.0.1", 9_445)))
            .withRoles(List.of("store"))
            .withTimes(Duration.ofMillis(1_500), Duration.ofSeconds(4));

    @Test
    void theSettingsStandWherePekkoReadsThem() {
        var config = ClusterConfig.of(SETTINGS, SELF, 9_446);

        assertThat(config.getString("pekko.remote.artery.canonical.hostname"))
                .isEqualTo("127.0.0.1");
        assertThat(config.getInt("pekko.remote.artery.canonical.port")).isEqualTo(9_446);
        assertThat(config.getStringList("pekko.cluster.roles"))
                .containsExactly("store", "node-" + SELF.hex());
        assertThat(config
                .getDuration("pekko.cluster.failure-detector.acceptable-heartbeat-pause"))
                .isEqualTo(Duration.ofMillis(1_500));
        assertThat(config.getDuration("pekko.cluster.failure-detector.heartbeat-interval"))
                .isEqualTo(Duration.ofMillis(500));
        assertThat(config.getDuration("pekko.cluster.split-brain-resolver.stable-after"))
                .isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void theMinorityIsDownedAndTheJvmLivesOn() {
        var config = ClusterConfig.of(SETTINGS, SELF, 0);

        assertThat(config.getString("pekko.cluster.downing-provider-class"))
                .isEqualTo("org.apache.pekko.cluster.sbr.SplitBrainResolverProvider");
        assertThat(config.getString("pekko.cluster.split-brain-resolver.active-strategy"))
                .isEqualTo("keep-majority");
        assertThat(config.getBoolean("pekko.cluster.run-coordinated-shutdown-when-down")).isTrue();
        assertThat(config.getBoolean("pekko.coordinated-shutdown.exit-jvm")).isFalse();
        assertThat(config.getBoolean("pekko.jvm-exit-on-fatal-error")).isFalse();
        assertThat(config.getBoolean("pekko.jvm-shutdown-hooks")).isFalse();
        assertThat(config.getBoolean("pekko.daemonic")).isTrue();
    }

    @Test
    void nothingIsSentInClearOrAsJavaObjects() {
        var config = ClusterConfig.of(SETTINGS, SELF, 0);

        assertThat(config.getString("pekko.remote.artery.transport")).isEqualTo("tls-tcp");
        assertThat(config.getBoolean("pekko.actor.allow-java-serialization")).isFalse();
        assertThat(config.getBoolean("pekko.remote.deployment.enable-allow-list")).isTrue();
        assertThat(config.getStringList("pekko.remote.deployment.allowed-actor-classes")).isEmpty();
    }

    @Test
    void theLongestPacketFitsAFrameOfArtery() {
        var config = ClusterConfig.of(SETTINGS, SELF, 0);

        assertThat(config.getBytes("pekko.remote.artery.advanced.maximum-frame-size"))
                .isGreaterThan(Packet.BYTES_MAX + 4_096L);
    }

    @Test
    void nobodyIsJoinedOrFoundedBehindOurBack() {
        assertThat(ClusterConfig.of(SETTINGS, SELF, 0).getStringList("pekko.cluster.seed-nodes"))
                .isEmpty();
    }
}
