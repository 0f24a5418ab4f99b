package io.macula.actors.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.Map;

/// Turns the settings of a Cluster into what Pekko reads: the fixed part is `macula-cluster.conf`.
final class ClusterConfig {

    private static final String FILE = "macula-cluster.conf";

    private static final Duration HEARTBEAT_MAX = Duration.ofSeconds(1);

    private ClusterConfig() {}

    /// @param port the one to bind, 0 for any free one
    static Config of(ClusterSettings settings, NodeId self, int port) {
        var said = Map.of(
                "pekko.remote.artery.canonical.hostname", settings.host(),
                "pekko.remote.artery.canonical.port", port,
                "pekko.cluster.roles", MemberRoles.of(self, settings.roles()),
                "pekko.cluster.failure-detector.acceptable-heartbeat-pause", settings.silenceMax(),
                "pekko.cluster.failure-detector.heartbeat-interval", heartbeat(settings),
                "pekko.cluster.split-brain-resolver.stable-after", settings.stableAfter());
        var config = ConfigFactory.empty();
        for (var each : said.entrySet()) {
            config = config.withValue(each.getKey(),
                    ConfigValueFactory.fromAnyRef(each.getValue(), "macula.cluster"));
        }
        var loader = ClusterConfig.class.getClassLoader();
        return config.withFallback(ConfigFactory.parseResources(loader, FILE))
                .withFallback(ConfigFactory.defaultReference(loader))
                .resolve();
    }

    /// Three in the time that a member may be silent, and no fewer than one a second.
    private static Duration heartbeat(ClusterSettings settings) {
        var third = settings.silenceMax().dividedBy(3);
        return third.compareTo(HEARTBEAT_MAX) < 0 ? third : HEARTBEAT_MAX;
    }
}
